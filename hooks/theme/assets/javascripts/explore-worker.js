/* Queries the search index for the explorer, in a worker, so that no page has to run WebAssembly.

   {turn, words, options} is answered by {turn, total, hits} with the first results, {turn, from} with the next ones. */

"use strict";

const STEP = 30; // results per answer
const root = new URL("../../", self.location);

importScripts(new URL("query.js", self.location));
const { list, open, search, shown } = self.vbQuery;

let index = null;
let results = []; // of the last query, for its next results
let last = 0;

async function find(words, options) {
  if (!words) return list(root, options);
  index ??= open(root);
  return search(await index, words, options);
}

self.addEventListener("message", async ({ data: { turn, words, options, from = 0 } }) => {
  try {
    if (options) last = turn;
    const found = options ? await find(words, options) : results;
    if (turn === last) results = found; // unless a later query came first
    const hits = await Promise.all(found.slice(from, from + STEP).map(shown));
    postMessage({ turn, total: found.length, hits });
  } catch (error) {
    index = null;
    postMessage({ turn, failed: String(error) });
  }
});
