/* Parses a query and asks the index, for the workers of the search box and the explorer.

   `fold`, `wordsOf` and `partOf` do what `words.py` does to what is searched; a test compares them. MkDocs writes the
   elisions of all catalogues, and the folders of the indexes of statements, into this file (`static_templates` in mkdocs.yml). */

self.vbQuery = (() => {
  "use strict";

  const PER_FILE = 16; // records, as in indexing.py
  const ENDING = 3; // letters in which the forms of a word differ
  const elisions = new Set("{{ elisions }}".split(" "));
  const statements = "{{ statements }}".split(" "); // folders of indexes; a site that was built in parts has one for each
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

  /** Open the index of the language with this root; of pages alone, or with that of statements, which is larger.
      Rejects if there is none. */
  async function open(root, { pagesOnly = false } = {}) {
    const folder = new URL("pagefind/", root).href;
    const { createInstance } = await import(`${folder}pagefind.js`);
    const index = createInstance({ basePath: folder, noWorker: true });
    await index.init();
    if (!pagesOnly) await Promise.all(statements.map((each) => index.mergeIndex(`${folder}${each}/`)));
    return { index, folder };
  }

  const files = new Map();

  function fetched(address) {
    if (!files.has(address)) {
      files.set(address, fetch(address).then((response) => response.json()));
      files.get(address).catch(() => files.delete(address));
    }
    return files.get(address);
  }

  /** A result's record: its URL and the fields to show, with the positions of the matches in its words. */
  async function shown({ number, folder, words }) {
    const file = await fetched(`${folder}records/${Math.floor(number / PER_FILE)}.json`);
    return { ...file[number % PER_FILE], locations: words };
  }

  /** The numbers of the records that have a value of a facet. */
  async function holders(folder, name, value) {
    const begins = (await fetched(`${folder}records/facets.json`))[name] ?? [];
    const part = begins.findLastIndex((first) => first <= value);
    const gaps = part < 0 ? [] : ((await fetched(`${folder}records/${name}-${part}.json`))[value] ?? []);
    let number = 0;
    return gaps.map((gap) => (number += gap));
  }

  /** The numbers of the records that have, of each facet, the value or one of several, newest first. */
  async function chosen(folder, facets) {
    const lists = Object.entries(facets).map(async ([name, values]) =>
      (await Promise.all([values].flat().map((value) => holders(folder, name, value)))).flat());
    const [first, ...others] = (await Promise.all(lists)).map((numbers) => new Set(numbers));
    return [...first].filter((number) => others.every((numbers) => numbers.has(number))).sort((a, b) => a - b);
  }

  /** The records with these facets, without words and so without an index: newest first, or last if `sort` is "asc". */
  async function list(root, { facets, sort }) {
    const folder = new URL("pagefind/", root).href;
    const numbers = await chosen(folder, facets);
    return (sort === "asc" ? numbers.reverse() : numbers).map((number) => ({ number, folder, words: [] }));
  }

  /** How well the words stand in the best result: 2 as they are or in another form, 1 by their first halves, or 0.
      Pagefind returns for a word that an index does not have whatever shares its first letters. */
  async function fit(results, words) {
    if (results.length === 0) return 0;
    const [{ title, text, note }] = await Promise.all(results.slice(0, 9).map(shown)); // the box shows them all: fetched in parallel
    const held = wordsOf([text, title, note].join(" "));
    const begins = (letters) => words.every((word) => held.some((other) => other.startsWith(word.slice(0, letters(word.length)))));
    const half = (length) => Math.ceil(length / 2);
    if (begins((length) => Math.max(half(length), length - ENDING))) return 2;
    return begins(half) ? 1 : 0;
  }

  /** The results that have the facets, best first, or by date: `sort` is "desc" for the newest first, or "asc". */
  async function search({ index, folder }, text, { facets = {}, sort } = {}) {
    const term = asked(text);
    if (!term) return [];
    const found = await index.search(term);
    // A record's id is its index, `p` for pages, `s` and on for statements, and its number.
    const numbered = found.results.map(({ id, score, words }) => ({ index: id[0], number: parseInt(id.slice(1), 16), score, words, folder }));
    const groups = [..."pstuvwxyz"].slice(0, 1 + statements.length).map((one) => numbered.filter((result) => result.index === one));
    const fits = await Promise.all(groups.map((group) => fit(group, wordsOf(term))));
    const best = Math.max(...fits);
    let results = groups.flatMap((group, place) => (best && fits[place] === best ? group : [])).sort((a, b) => b.score - a.score);
    if (Object.keys(facets).length) {
      const held = new Set(await chosen(folder, facets));
      results = results.filter(({ number }) => held.has(number));
    }
    if (sort) results.sort((a, b) => a.number - b.number);
    return sort === "asc" ? results.reverse() : results;
  }

  return { fold, list, open, partOf, search, shown, wordsOf };
})();
