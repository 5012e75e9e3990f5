/* A source's quotations, checked in the reader's own copy of its text. The text stays in the page: nothing is sent. */

vbOnPage((signal) => {
  "use strict";

  const box = document.querySelector(".vb-own");
  if (!box) return;

  const MOST_BYTES = 8 << 20;
  const MOST_SHOWN = 100_000; // characters: a longer copy would keep the field busy for seconds
  const AROUND = 500; // characters that are shown around the passages of a longer one

  const form = box.querySelector("form");
  const field = form.querySelector("textarea");
  const result = form.querySelector("[role=status]");
  const shown = form.querySelector(".vb-own-text");
  const sayings = form.querySelector("template").content;
  const digests = new Map(form.dataset.paragraphs.split(" ").filter(Boolean).map((pair) => pair.split(":")));
  const quotations = [...document.querySelectorAll(".vb-pass")].map((item) => ({
    item,
    words: wordsOf(item.querySelector(".vb-q")),
    number: item.querySelector(".no").textContent,
  }));
  const paraphrases = [...document.querySelectorAll(".vb-plist [data-paragraphs]")];
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  let held = ""; // a copy that is too long for the field
  let turn = 0; // of checks that overtake each other, the last one counts

  /** The words of a quotation as they were written, without the page's own marks around them. */
  function wordsOf({ textContent }) {
    const { opening, closing } = form.dataset;
    return textContent.slice(opening.length, textContent.length - closing.length);
  }

  function forget() {
    turn += 1;
    result.textContent = "";
    shown.hidden = true;
    shown.replaceChildren();
    for (const saying of document.querySelectorAll(".vb-said")) saying.remove();
  }

  /** Checks a text that did not come by the keyboard. */
  function take(text) {
    held = text.length > MOST_SHOWN ? text : "";
    field.value = held ? "" : text;
    field.placeholder = held && fill(field.dataset.held, { count: numbers.format(text.length) });
    return check();
  }

  function drop() {
    held = field.placeholder = "";
    forget();
  }

  function say(item, name) {
    const saying = sayings.querySelector(`[data-said="${name}"]`).cloneNode(true);
    item.append(saying);
    return saying;
  }

  const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

  async function check() {
    forget();
    const mine = turn;
    const raw = field.value || held;
    if (!raw.trim()) {
      result.textContent = result.dataset.empty;
      return;
    }
    const text = new vbTexts.ReaderText(raw);
    const passages = quotations.map((quotation) => checkQuotation(quotation, text)).filter(Boolean);
    showCopy(text.raw, passages.flat());
    const sentences = [fill(result.dataset.quotations, { found: passages.length, all: quotations.length })];
    sentences.push(...(await compareDigests(text, mine)));
    if (mine === turn) result.textContent = sentences.join("\n");
  }

  /** Says whether a quotation is in a text; its passages in the raw text where it is. */
  function checkQuotation({ item, words, number }, text) {
    const place = vbTexts.find(text.text, words, item.dataset.prefix, item.dataset.suffix);
    const home = item.querySelector("div");
    if (!place) {
      sayWhatDiffers(home, words, text);
      return null;
    }
    say(home, "found").querySelector("a").href = `#copy-${number}`;
    return place.map((span, part) => ({ span: text.rawSpan(span), number, id: part ? "" : `copy-${number}`, item }));
  }

  function sayWhatDiffers(home, words, text) {
    const lost = words.split(vbTexts.GAP).map(vbTexts.normalise).find((part) => !vbTexts.find(text.text, part));
    const pieces = lost ? text.closest(lost) : [];
    if (lost && pieces.length === 0) say(home, "missing");
    else if (pieces.every((piece) => "same" in piece)) say(home, "beside");
    else say(home, "closest").querySelector("span").append(...pieces.flatMap(drawPiece));
  }

  function drawPiece({ same, was, is }) {
    if (same) return [same];
    const draw = (name, words) => {
      const bare = words.trimStart();
      return bare ? [words.slice(0, -bare.length), Object.assign(document.createElement(name), { textContent: bare })] : [words];
    };
    return [...draw("del", was), ...draw("ins", is)];
  }

  /** The copy with its passages marked, each with the number that leads back to its quotation. */
  function showCopy(raw, passages) {
    if (passages.length === 0) return;
    const marks = [];
    for (const passage of passages.sort((one, other) => one.span[0] - other.span[0])) {
      const last = marks.at(-1);
      if (last && passage.span[0] < last.end) {
        last.end = Math.max(last.end, passage.span[1]);
        last.passages.push(passage);
      } else marks.push({ start: passage.span[0], end: passage.span[1], passages: [passage] });
    }
    const around = raw.length > MOST_SHOWN ? AROUND : Infinity;
    let at = 0;
    for (const { start, end, passages: here } of marks) {
      shown.append(...between(raw, at, start, around, at === 0), drawMark(raw.slice(start, end), here));
      at = end;
    }
    shown.append(...between(raw, at, raw.length, around, false, true));
    shown.hidden = false;
  }

  /** The text from one mark to the next, cut where it is long: it begins the copy, or ends it, or neither. */
  function between(raw, from, to, around, begins, ends = false) {
    const [head, tail] = [begins ? 0 : around, ends ? 0 : around];
    if (to - from <= head + tail) return [raw.slice(from, to)];
    const cut = document.createElement("i");
    cut.textContent = vbTexts.GAP;
    return [raw.slice(from, from + head), cut, raw.slice(to - tail, to)];
  }

  function drawMark(words, passages) {
    const mark = document.createElement("mark");
    for (const { number, id, item } of passages) {
      const link = document.createElement("a");
      link.href = `#${item.id}`;
      link.textContent = number;
      if (id) link.id = id;
      mark.append(link, " ");
    }
    mark.append(words);
    return mark;
  }

  /** What the digests say of the whole text and of its paragraphs, as sentences. */
  async function compareDigests(text, mine) {
    if (form.dataset.text && !self.crypto?.subtle) return [result.dataset.unknown];
    const blocks = text.paragraphs();
    const lines = text.paragraphs(1); // where no blank line parts the paragraphs
    const wholes = await digestAll(form.dataset.text ? [blocks.join("\n"), lines.join("\n")] : []);
    const parts = await digestAll(digests.size ? new Set([...blocks, ...lines]) : []);
    if (mine !== turn) return [];
    const isWhole = wholes.has(form.dataset.text);
    for (const item of paraphrases) {
      const wanted = item.dataset.paragraphs.split(" ").map((number) => digests.get(number));
      if (isWhole || wanted.every((digest) => parts.has(digest))) say(item, "same-paragraph");
      else say(item, wanted.includes(undefined) ? "no-digest" : "other-paragraph");
    }
    const found = [...digests.values()].filter((digest) => parts.has(digest)).length;
    const sentences = [];
    if (digests.size) sentences.push(fill(result.dataset.paragraphs, { found, all: digests.size }));
    if (form.dataset.text) sentences.push(result.dataset[isWhole ? "same" : "other"]);
    return sentences;
  }

  async function digestAll(texts) {
    const encoder = new TextEncoder();
    const hex = (byte) => byte.toString(16).padStart(2, "0");
    const digest = async (text) =>
      Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", encoder.encode(text))), hex).join("");
    return new Set(await Promise.all(Array.from(texts, digest)));
  }

  async function read(file) {
    forget();
    const mine = turn;
    try {
      if (file.size > MOST_BYTES) throw new RangeError(file.name);
      const text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
      if (mine === turn) take(text);
    } catch {
      if (mine === turn) result.textContent = result.dataset.unreadable;
    }
  }

  /** A link leads here from each quotation, wherever it stands. */
  function openByAddress() {
    if (location.hash === `#${form.parentElement.id}`) box.open = true;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    check();
  });
  form.addEventListener("reset", drop);
  field.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain");
    if (text.length <= MOST_SHOWN) return;
    event.preventDefault();
    take(text);
  });
  field.addEventListener("input", ({ inputType }) => {
    if (inputType === "insertFromPaste" || inputType === "insertFromDrop") check();
    else drop();
  });
  form.querySelector("[type=file]").addEventListener("change", ({ target }) => target.files[0] && read(target.files[0]));
  for (const name of ["dragover", "drop"]) {
    form.addEventListener(name, (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      if (name === "drop") read(event.dataTransfer.files[0]);
    });
  }
  addEventListener("hashchange", openByAddress, { signal });
  form.hidden = false;
  form.nextElementSibling.hidden = true;
  openByAddress();
});
