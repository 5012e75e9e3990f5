/* What a query means, for the search box's worker and for the explorer alike. */

self.vbQuery = (() => {
  "use strict";

  const elided = /(^|[^\p{L}\p{N}])(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’](?=[\p{L}\p{N}])/giu;

  /** Without accents and capitals. */
  const fold = (text) =>
    text.normalize("NFD").replace(/\p{M}/gu, "").replace(/œ/gi, "oe").replace(/æ/gi, "ae").toLowerCase();

  const wordsOf = (text) => fold(text).replace(elided, "$1").match(/[\p{L}\p{N}_]+/gu) ?? [];

  /** As Pagefind takes it: no elisions, a phrase between straight marks, no letters that stand alone. */
  function asked(text) {
    const plain = text.replace(elided, "$1").trim();
    const phrase = plain.match(/^["«“]\s*(.+?)\s*["»”]$/u);
    if (phrase) return `"${phrase[1].replace(/["«»“”]/g, "")}"`;
    const words = plain.split(/[\s"«»“”'’()[\],;:!?…/]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
    return words.filter((word) => [...word].length > 1 || /\d/.test(word)).join(" ");
  }

  /** Pagefind's index of the language whose root is given; rejected where there is none. */
  async function open(root, options) {
    const { createInstance } = await import(new URL("pagefind/pagefind.js", root));
    const index = createInstance({ basePath: new URL("pagefind/", root).href, noWorker: true, ...options });
    await index.init();
    return index;
  }

  return { asked, fold, open, wordsOf };
})();
