/* Search: answers Material's search box, in its own protocol, from Pagefind's index.

   The box sends {type: 0, data: {docs}} with the hand-written pages, then {type: 2, data: query} for every key. The
   worker sends {type: 1} when it is ready, and {type: 3, data: {items}} as an answer. An item is a list of documents
   whose `title` and `text` are HTML: every field is escaped here. */

"use strict";

const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3;
const PAUSE = 120; // milliseconds without a key before a query runs
const SHOWN = 9; // the box draws ten at once; the last one links to all
const LONGEST = 80; // letters of a query that may be a misspelt name
const AROUND = 24; // words of an excerpt
const root = new URL("../../", self.location);
const language = "{{ config.theme.language }}";
const labels = {
  all: {{ t("search.all") | string | tojson }},
  meant: {{ t("search.meant") | string | tojson }},
  failed: {{ t("search.failed") | string | tojson }},
{% for kind in ("briefing", "actor", "issue", "source", "key-point", "event") %}
  "{{ kind }}": {{ t("search." ~ kind) | string | tojson }},
{% endfor %}
};

let written = []; // hand-written pages, from Material's own index
let turn = 0;
const files = new Map();

importScripts(new URL("query.js", self.location));
const { fold, open, partOf, search, shown, wordsOf } = self.vbQuery;

const SIGNS = { amp: "&", lt: "<", gt: ">", quot: '"', "#x27": "'" };
const unescape = (html) => html.replace(/&(amp|lt|gt|quot|#x27);/g, (entity, sign) => SIGNS[sign]);
const escape = (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

function fetchNames(part) {
  if (!files.has(part)) {
    const answer = fetch(new URL(`names/${part}.json`, root));
    files.set(part, answer.then((response) => (response.ok ? response.json() : [])).catch(() => []));
  }
  return files.get(part);
}

/** The actors and issues with exactly this name. */
async function named(query) {
  const call = wordsOf(query).join(" ");
  if (call.length < 2) return [];
  const names = await fetchNames(partOf(call));
  return names.filter(([, , calls]) => calls.includes(call));
}

/** The names closest to the query: at most one letter in four is added, missing, changed or swapped. */
async function nearest(query) {
  const call = wordsOf(query).join(" ");
  const most = Math.floor(call.length / 4);
  if (most < 1 || call.length > LONGEST) return [];
  const far = ([, , calls]) => Math.min(...calls.flatMap((other) => [other, ...other.split(" ")]).map((other) => distance(call, other, most)));
  const near = (await fetchNames("all")).map((name) => [far(name), name]).filter(([letters]) => letters <= most);
  return near.sort(([a], [b]) => a - b).slice(0, 3).map(([, name]) => name);
}

/** Optimal string alignment; anything over `most` counts as `most + 1`. */
function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before = [], above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] !== b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, above] = [above, row];
  }
  return above[b.length];
}

const opened = { pages: null, whole: null };
let whole = false; // whether the whole index is loaded

/** The index of pages, or with that of statements. */
function pagefind(part) {
  opened[part] ??= open(root, { pagesOnly: part === "pages" });
  opened[part].catch(() => (opened[part] = null)); // under `serve` the index may not exist yet: the next key tries again
  return opened[part];
}

const item = (location, title, text, terms = {}, score = 1) => [{ location, title, text, terms, score }];

/** Words as HTML, with matches marked; the index numbers them from `offset`. */
function marked(words, places, offset) {
  return words.map((word, place) => (places.has(place + offset) ? `<mark>${escape(word)}</mark>` : escape(word))).join(" ");
}

/** A result as an item; the index numbers the words of the text, then those of the title. */
function found({ url, kind, title, text: words = "", note: known, locations }, terms, score) {
  const places = new Set(locations);
  const text = words.split(/\s+/).filter(Boolean);
  const first = Math.min(...locations.filter((place) => place < text.length));
  const start = Number.isFinite(first) && first > AROUND - 6 ? first - 6 : 0;
  const around = text.slice(start, start + AROUND);
  const excerpt = `${start ? "… " : ""}${marked(around, places, start)}${start + AROUND < text.length ? " …" : ""}`;
  const note = [labels[kind], known].filter(Boolean).map(escape).join(" · ");
  // In the title, because the box omits the text of items with an anchor.
  const told = `<span class="vb-hit">${note}</span><span class="vb-hit-words" dir="auto">${excerpt}</span>`;
  return item(url, `${marked(title.split(/\s+/), places, text.length)} ${told}`, "", terms, score);
}

function handwritten(words) {
  return written
    .filter(({ title, text }) => words.length && words.every((word) => fold(`${title} ${text}`).includes(word)))
    .slice(0, 3)
    .map(({ location, title }) => item(location, escape(title), ""));
}

/** The items of an answer; `part` is the index to ask. */
async function answer(query, part) {
  const words = wordsOf(query);
  const terms = Object.fromEntries(words.map((word) => [word, true]));
  const [exact, results] = await Promise.all([named(query), pagefind(part).then((index) => search(index, query))]);
  const hits = await Promise.all(results.slice(0, SHOWN).map(async (result) => [await shown(result), result.score]));
  const first = exact.map(([title, url]) => {
    const kind = labels[url.startsWith("actors/") ? "actor" : "issue"];
    return item(url, `${escape(title)} <span class="vb-hit">${escape(kind)}</span>`, "", terms, 1000);
  });
  const urls = exact.map(([, url]) => url);
  const others = hits.filter(([{ url }]) => !urls.includes(url)).map(([hit, score]) => found(hit, terms, score));
  const items = [...first, ...others, ...handwritten(words)].slice(0, SHOWN);
  if (part === "pages") return items;
  if (items.length === 0) {
    const names = await nearest(query);
    return names.map(([title, url]) => item(url, escape(labels.meant.replace("{name}", () => title)), ""));
  }
  if (results.length > 0) {
    const all = labels.all.replace("{count}", new Intl.NumberFormat(language).format(results.length));
    items.push(item(`explore/?words=${encodeURIComponent(query)}`, escape(all), "", {}, 0));
  }
  return items;
}

/** Answers a query: until the whole index is loaded, with what is in that of pages first. */
async function* answers(query) {
  if (!whole) {
    const items = await answer(query, "pages");
    if (items.length > 0) yield items;
  }
  const items = await answer(query, "whole");
  whole = true;
  yield items;
}

self.addEventListener("message", async ({ data: message }) => {
  if (message.type === SETUP) {
    const docs = message.data.docs.filter(({ location }) => !location.includes("#"));
    written = docs.map((doc) => ({ ...doc, title: unescape(doc.title) }));
    postMessage({ type: READY });
  } else if (message.type === QUERY) {
    const mine = ++turn;
    const query = message.data.trim();
    if (wordsOf(query).join("").length < 2) {
      postMessage({ type: RESULT, data: { items: [] } });
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    if (mine !== turn) return;
    let answered = false;
    const send = (items) => {
      answered = true;
      postMessage({ type: RESULT, data: { items } });
    };
    try {
      for await (const items of answers(query)) {
        if (mine !== turn) return;
        send(items);
      }
    } catch {
      if (mine === turn && !answered) send([item("", escape(labels.failed), "")]);
    }
  }
});
