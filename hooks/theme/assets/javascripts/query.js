/* Parses a query and asks the index, for the workers of the search box and the explorer.

   `fold`, `wordsOf` and `partOf` do what `words.py` does to what is searched; a test compares them. MkDocs writes the
   elisions of all catalogues, and the folders of the indexes, into this file (`static_templates` in mkdocs.yml). */

self.vbQuery = (() => {
  "use strict";

  const elisions = new Set("{{ elisions }}".split(" "));
  const folders = "{{ indexes }}".split(" "); // a site that was built in parts has one for each, the newest first
  const letters = { œ: "oe", æ: "ae", ß: "ss", ø: "o", ς: "σ" };
  const word = /([\p{L}\p{N}]+)(['’](?=[\p{L}\p{N}]))?/gu;

  /** Lower case without accents, like the words of the index. */
  const fold = (text) =>
    text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[œæßøς]/g, (letter) => letters[letter]);

  /** The folded words of a text, without elisions. */
  const wordsOf = (text) =>
    [...fold(text).matchAll(word)].filter(([, run, joined]) => !(joined && elisions.has(run))).map(([, run]) => run);

  /** The key of the `names/` file of a folded name: its first two characters. */
  const partOf = (call) => [...call].slice(0, 2).join("").replace(/[^a-z0-9]/gu, "_");

  /** A query for Pagefind: without elisions and single letters, phrases in straight quotation marks. */
  function asked(text) {
    const plain = text.trim();
    const words = wordsOf(plain);
    if (/^["«“].+["»”]$/u.test(plain)) return `"${words.join(" ")}"`;
    return words.filter((word) => word.length > 1 || /\d/.test(word)).join(" ");
  }

  /** Open Pagefind's index of the language with this root, and merge those of further parts; rejects if there is none. */
  async function open(root) {
    const [first, ...others] = folders;
    const { createInstance } = await import(new URL(`${first}/pagefind.js`, root));
    const about = (folder) => (others.length ? { mergeFilter: { folder } } : {});
    const path = (folder) => new URL(`${folder}/`, root).href;
    const index = createInstance({ basePath: path(first), noWorker: true, ...about(first) });
    await index.init();
    await Promise.all(others.map((other) => index.mergeIndex(path(other), about(other))));
    return index;
  }

  /** A result's URL, the fields to show, and the positions of the matches in its words. */
  async function shown(result) {
    const { raw_url: raw, filters, locations } = await result.data();
    const end = raw.indexOf(" "); // see indexing.py: the fields to show are after the URL
    return { url: raw.slice(0, end), fields: JSON.parse(raw.slice(end)), filters, locations };
  }

  /** The results of one index; none if they only share the first letters of a word, as Pagefind returns for typos. */
  async function ask(index, term, options) {
    const { results } = await index.search(term || null, options);
    if (!term || results.length === 0) return results;
    const [first] = await Promise.all(results.slice(0, 9).map((one) => one.data())); // the box shows them all: fetched in parallel
    const held = wordsOf(first.content);
    const stem = (word) => word.slice(0, Math.ceil(word.length / 2));
    return wordsOf(term).every((word) => held.some((other) => other.startsWith(stem(word)))) ? results : [];
  }

  /** The results, best first, or by date: each index is asked for itself, and has a stretch of time. */
  async function search(index, text, options = {}) {
    const term = asked(text);
    if (text && !term) return [];
    if (folders.length === 1) return ask(index, term, options);
    const of = (folder) => ask(index, term, { ...options, filters: { ...options.filters, folder } });
    const found = await Promise.all(folders.map(of));
    if (!options.sort?.date) return found.flat().sort((one, other) => other.score - one.score);
    return (options.sort.date === "asc" ? found.reverse() : found).flat();
  }

  return { fold, open, partOf, search, shown, wordsOf };
})();
