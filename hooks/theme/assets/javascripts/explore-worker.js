/* Asks the search index for the explorer, so that no page has to run WebAssembly: a worker does, as for the search box.

   {turn, words, options} is answered by {turn, total, hits} with the first results, {turn, from} with those after them. */

"use strict";

const STEP = 30; // results that are fetched at once
const root = new URL("../../", self.location);

importScripts(new URL("query.js", self.location));
const { open, search, shown } = self.vbQuery;

let index = null;
let results = [];

self.addEventListener("message", async ({ data: { turn, words, options, from = 0 } }) => {
  try {
    index ??= open(root);
    if (options) results = await search(await index, words, options);
    const hits = await Promise.all(results.slice(from, from + STEP).map(shown));
    postMessage({ turn, total: results.length, hits });
  } catch (error) {
    index = null;
    postMessage({ turn, failed: String(error) });
  }
});
