/* What a query means and how it is put to the index, for the search box's worker and for the explorer alike.

   `fold`, `wordsOf` and `partOf` do what `words.py` does to what is searched; a test compares them. MkDocs writes the
   elisions of all catalogues into this file (`static_templates` in mkdocs.yml). */

self.vbQuery = (() => {
  "use strict";

  const elisions = new Set("{{ elisions }}".split(" "));
  const letters = { œ: "oe", æ: "ae", ß: "ss", ø: "o", ς: "σ" };
  const word = /([\p{L}\p{N}]+)(['’](?=[\p{L}\p{N}]))?/gu;

  /** Without accents and capitals, as the index holds its words. */
  const fold = (text) =>
    text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[œæßøς]/g, (letter) => letters[letter]);

  /** Folded, without elisions. */
  const wordsOf = (text) =>
    [...fold(text).matchAll(word)].filter(([, run, joined]) => !(joined && elisions.has(run))).map(([, run]) => run);

  /** The file of `names/` for a folded name: its first two letters. */
  const partOf = (call) => [...call].slice(0, 2).join("").replace(/[^a-z0-9]/gu, "_");

  /** As Pagefind takes it: no elisions, a phrase between straight marks, no letters that stand alone. */
  function asked(text) {
    const plain = text.trim();
    const words = wordsOf(plain);
    if (/^["«“].+["»”]$/u.test(plain)) return `"${words.join(" ")}"`;
    return words.filter((word) => word.length > 1 || /\d/.test(word)).join(" ");
  }

  /** Pagefind's index of the language whose root is given; rejected where there is none. */
  async function open(root) {
    const { createInstance } = await import(new URL("pagefind/pagefind.js", root));
    const index = createInstance({ basePath: new URL("pagefind/", root).href, noWorker: true });
    await index.init();
    return index;
  }

  /** What a result leads to, what is shown of it, and where in its words it was met. */
  async function shown(result) {
    const { raw_url: raw, filters, locations } = await result.data();
    const end = raw.indexOf(" "); // see indexing.py: what is shown stands behind the address
    return { url: raw.slice(0, end), fields: JSON.parse(raw.slice(end)), filters, locations };
  }

  /** The results, best first. What Pagefind finds for the first letters of a word that nothing holds is left out. */
  async function search(index, text, options = {}) {
    const term = asked(text);
    if (text && !term) return [];
    const { results } = await index.search(term || null, options);
    if (!term || results.length === 0) return results;
    const [first] = await Promise.all(results.slice(0, 9).map((one) => one.data())); // all that the box will show, at once
    const held = wordsOf(first.content);
    const stem = (word) => word.slice(0, Math.ceil(word.length / 2));
    return wordsOf(term).every((word) => held.some((other) => other.startsWith(stem(word)))) ? results : [];
  }

  return { fold, open, partOf, search, shown, wordsOf };
})();
