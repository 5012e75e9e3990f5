/* Compares readers' texts as `texts.py` compares sources' texts: the same normalisation, the same whole words. A test
   compares the two. Places are in UTF-16 units here. */

self.vbTexts = (() => {
  "use strict";

  const GAP = "[…]";
  const PLAIN = { "’": "'", "‘": "'", "‛": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "‟": '"' };
  const INVISIBLE =
    "\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e" +
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff";
  const COMMON = /^[\x21-\xac\xae-\u024f]*$/;
  const ODD = new RegExp(`[${Object.keys(PLAIN).join("")}${INVISIBLE}]`, "g");

  const BLANK = new Uint8Array(0x10000); // white space as Python has it, by character code
  for (const char of "\t\n\v\f\r\x1c\x1d\x1e\x1f\x20\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000") BLANK[char.charCodeAt(0)] = 1;
  BLANK.fill(1, 0x2000, 0x200b);

  // The same scripts without spaces, and the same places inside a word, as in `texts.py`.
  const UNSPACED =
    "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u1950-\\u19ff\\u1a20-\\u1aaf\\u3040-\\u30ff\\u3100-\\u312f\\u31a0-\\u31ff" +
    "\\u3400-\\u4dbf\\u4e00-\\u9fff\\ua9e0-\\ua9ff\\uaa60-\\uaadf\\uf900-\\ufaff\\uff66-\\uff9f\\u{20000}-\\u{3ffff}";
  const MARK = "\\p{M}\\u200c\\u200d"; // and the joiners of Persian and of scripts of India
  const LETTER = `(?![${UNSPACED}])[\\p{L}\\p{N}${MARK}_]`;
  const BEHIND = `[\\p{L}\\p{N}${MARK}_](?<![${UNSPACED}])`;
  const APOSTROPHE = "'´`′＇";
  const LEADING_DIGITS = "(?<!\\p{Nd})\\p{Nd}{1,3}"; // of a number whose thousands are set apart by spaces
  const INSIDE_WORD = new RegExp(
    `(?<=${BEHIND})(?=[${APOSTROPHE}‐‑·-]?${LETTER})|(?<=${BEHIND}[‐‑·-])(?=${LETTER})` +
      `|(?<=\\p{Nd})(?=[.,:/]\\p{Nd})|(?<=\\p{Nd}[.,:/${APOSTROPHE}])(?=\\p{Nd})|(?<=[‐‑·−-])(?=\\p{Nd})|(?=[${MARK}])` +
      `|(?<=${LEADING_DIGITS})(?=[ \n]\\p{Nd}{3}(?!\\p{Nd}))|(?<=${LEADING_DIGITS}[ \n])(?=\\p{Nd}{3}(?!\\p{Nd}))`,
    "uy",
  );

  // Where a passage may begin, but not end.
  const BEHIND_APOSTROPHE = new RegExp(`(?<=${BEHIND}[${APOSTROPHE}])(?=${LETTER})`, "uy");

  const WORD = /[\p{L}\p{N}\p{M}_]+/gu;
  const TOKEN = / ?(?:[\p{L}\p{N}\p{M}_]+|[^\p{L}\p{N}\p{M}_])/gu;
  const LIKENESS = 0.5; // least share of a passage's words in a stretch that counts as alike
  const LONGEST_STRETCH = 4; // of what is compared with a passage, in multiples of its length

  /** Normalise a run without blanks; most are normalised already. */
  const plain = (word) => (COMMON.test(word) ? word : word.replace(ODD, (sign) => PLAIN[sign] ?? "").normalize("NFC"));
  const normalise = (text) => new ReaderText(text).text;

  function holdsAt(pattern, text, position) {
    pattern.lastIndex = position;
    return pattern.test(text);
  }

  const isInsideWord = (text, position) => holdsAt(INSIDE_WORD, text, position);
  const endsInsideWord = (text, end) => isInsideWord(text, end) || holdsAt(BEHIND_APOSTROPHE, text, end);

  /** The first place of a quotation in a normalised text: [start, end] for each of its parts, or null. */
  function find(text, quote, prefix = "", suffix = "") {
    const parts = quote.split(GAP).map(normalise);
    if (!parts.every(Boolean)) return null;
    const place = [];
    for (const [index, part] of parts.entries()) {
      const before = index === 0 ? normalise(prefix) : "";
      const after = index === parts.length - 1 ? normalise(suffix) : "";
      const start = findPart(text, part, place.at(-1)?.[1] ?? 0, before, after);
      if (start < 0) return null;
      place.push([start, start + part.length]);
    }
    return place;
  }

  function findPart(text, part, from, before, after) {
    const isBlank = (at) => text[at] === " " || text[at] === "\n";
    const endsHere = (at) => text.endsWith(before, at) && !isInsideWord(text, at - before.length);
    const startsHere = (at) => text.startsWith(after, at) && !endsInsideWord(text, at + after.length);
    const follows = (at) => !before || endsHere(at) || (isBlank(at - 1) && endsHere(at - 1));
    const leads = (at) => !after || startsHere(at) || (isBlank(at) && startsHere(at + 1));
    for (let start = text.indexOf(part, from); start >= 0; start = text.indexOf(part, start + 1)) {
      const end = start + part.length;
      if (follows(start) && leads(end) && !isInsideWord(text, start) && !endsInsideWord(text, end)) return start;
    }
    return -1;
  }

  /** What a passage and a stretch of a text have in common: pieces of { same } or of { was, is }, `was` the passage's
      own words. What surrounds the passage in the stretch is left out. */
  function align(passage, stretch) {
    const was = passage.match(TOKEN);
    const is = stretch.match(TOKEN);
    const width = is.length + 1;
    const scores = new Int32Array((was.length + 1) * width);
    const alike = (i, j) => was[i - 1] === is[j - 1] || (i === 1 && was[0] === is[j - 1].trimStart());
    const worth = (i, j) => (alike(i, j) ? 4 : -1); // the same word outweighs four that are too many
    const skip = (i) => (i === 0 || i === was.length ? 0 : 1);
    for (let i = 1; i <= was.length; i += 1) {
      scores[i * width] = -i;
      for (let j = 1; j < width; j += 1) {
        const at = i * width + j;
        scores[at] = Math.max(scores[at - width - 1] + worth(i, j), scores[at - width] - 1, scores[at - 1] - skip(i));
      }
    }
    const pieces = [];
    const put = (key, token) => {
      if (!pieces[0] || "same" in pieces[0] !== (key === "same")) pieces.unshift(key === "same" ? { same: "" } : { was: "", is: "" });
      pieces[0][key] = token + pieces[0][key];
    };
    let [i, j] = [was.length, is.length];
    while (i > 0) {
      const at = i * width + j;
      const across = j > 0 && scores[at] === scores[at - width - 1] + worth(i, j);
      const along = !across && j > 0 && scores[at] === scores[at - 1] - skip(i);
      if (across && alike(i, j)) put("same", is[j - 1]);
      else {
        if (across || (along && i < was.length)) put("is", is[j - 1]);
        if (!along) put("was", was[i - 1]);
      }
      if (!along) i -= 1;
      if (across || along) j -= 1;
    }
    return pieces;
  }

  /** A reader's text as one paragraph, whatever its line breaks, so that quotations are found across them. */
  class ReaderText {
    constructor(raw) {
      this.raw = raw;
      this.starts = []; // of each run between blanks, in the normalised text
      this.rawStarts = [];
      this.breaks = []; // how many line breaks, with nothing between them, stand before each run
      const pieces = [];
      let length = 0;
      let joined = true; // to what comes before: the first run, and what stands just inside « and »
      let [breaks, most] = [0, 0]; // in this gap, and since the last run that is left
      for (let at = 0; at < this.raw.length; ) {
        const code = this.raw.charCodeAt(at);
        if (BLANK[code]) {
          if (code === 10 || (code === 13 && this.raw.charCodeAt(at + 1) !== 10)) breaks += 1;
          at += 1;
          continue;
        }
        most = Math.max(most, breaks);
        breaks = 0;
        const end = this.#runEnd(at);
        const word = plain(this.raw.slice(at, end));
        if (word) {
          const space = joined || word.startsWith("»") ? "" : " ";
          joined = word.endsWith("«");
          this.starts.push(length + space.length);
          this.rawStarts.push(at);
          this.breaks.push(most);
          most = 0;
          pieces.push(space, word);
          length += space.length + word.length;
        }
        at = end;
      }
      this.text = pieces.join("");
    }

    #runEnd(at) {
      let end = at + 1;
      while (end < this.raw.length && !BLANK[this.raw.charCodeAt(end)]) end += 1;
      return end;
    }

    /** The paragraphs: what stands between blank lines; with one break between them, the lines. */
    paragraphs(breaks = 2) {
      const found = [];
      let start = 0;
      for (let run = 1; run <= this.starts.length; run += 1) {
        if (run < this.starts.length && this.breaks[run] < breaks) continue;
        found.push(this.text.slice(start, this.starts[run]).replace(/ $/, ""));
        start = this.starts[run];
      }
      return found;
    }

    /** The place in the raw text of [start, end] in the normalised one. */
    rawSpan([start, end]) {
      return [this.#rawPlace(start, start), this.#rawPlace(end - 1, end)];
    }

    /** Where a position lies in the raw run of the character at `within`. */
    #rawPlace(within, position) {
      const run = lastAtMost(this.starts.length, (index) => this.starts[index] <= within);
      const start = this.rawStarts[run];
      const word = this.raw.slice(start, this.#runEnd(start));
      const length = position - this.starts[run];
      return start + lastAtMost(word.length + 1, (size) => plain(word.slice(0, size)).length <= length);
    }

    /** The pieces of what is most like a passage, as `align` has them; empty where too little is alike. */
    closest(passage) {
      const wanted = passage.match(WORD) ?? [];
      const { ids, numbers, starts, ends } = this.#words();
      const missing = new Int32Array(numbers.size + 1);
      for (const word of wanted) missing[numbers.get(word) ?? 0] += 1;
      missing[0] = 0;
      let [count, most, first] = [0, 0, 0];
      for (let index = 0; index < ids.length; index += 1) {
        if (missing[ids[index]]-- > 0) count += 1;
        if (index >= wanted.length && ++missing[ids[index - wanted.length]] > 0) count -= 1;
        if (count > most) [most, first] = [count, Math.max(0, index - wanted.length + 1)];
      }
      if (most === 0 || most < wanted.length * LIKENESS) return [];
      const beside = Math.ceil(wanted.length / 4) + 1;
      const stretch = this.text.slice(ends[first - beside - 1] ?? 0, starts[first + wanted.length + beside]);
      return align(passage, stretch.slice(0, LONGEST_STRETCH * passage.length));
    }

    /** The words by number: 350,000 of them are compared faster so. */
    #words() {
      if (this.found) return this.found;
      const numbers = new Map();
      const [ids, starts, ends] = [[], [], []];
      for (const { 0: word, index } of this.text.matchAll(WORD)) {
        if (!numbers.has(word)) numbers.set(word, numbers.size + 1);
        ids.push(numbers.get(word));
        starts.push(index);
        ends.push(index + word.length);
      }
      return (this.found = { ids: Int32Array.from(ids), numbers, starts, ends });
    }
  }

  /** The last of 0, 1 … below `count` for which `holds`, which holds for the first ones and for no later one. */
  function lastAtMost(count, holds) {
    let [low, high] = [0, count];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (holds(middle)) low = middle;
      else high = middle;
    }
    return low;
  }

  return { GAP, ReaderText, find, isInsideWord, normalise };
})();
