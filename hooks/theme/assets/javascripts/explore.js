/* The explorer: the search index answers choices and words; the rows that are shown can be saved as a CSV file.
   Without the index, filter.js filters the rows of the page. */

vbOnPage((signal) => {
  "use strict";

  const download = document.querySelector(".vb-download");
  if (!download || location.protocol === "file:") return;

  const root = new URL("../", location.href);
  const form = document.querySelector("form[data-filter]");
  const table = document.querySelector(".vb-x");
  const years = [...table.tBodies];
  const rows = new Map(years.flatMap((year) => [...year.querySelectorAll("tr[data-id]")]).map((row) => [row.dataset.id, row]));
  const homes = new Map([...rows.values()].map((row) => [row, row.parentElement]));
  const count = document.querySelector(".vb-count");
  const nothing = document.querySelector(".vb-nothing");
  const more = document.querySelector(".vb-more");
  const skeleton = document.querySelector("#vb-result");
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const found = table.createTBody();

  let worker = null;
  let asked = 0;
  let current = () => true;

  function restore() {
    for (const [row, home] of homes) home.append(row);
    found.replaceChildren();
    more.hidden = true;
  }

  function draw({ url, kind, day, stance: side, modality, ...fields }) {
    const row = skeleton.content.firstElementChild.cloneNode(true);
    const put = (name, text) => {
      const place = row.querySelector(`[data-put="${name}"]`);
      if (text) place.textContent = text;
      else place?.remove();
    };
    if (fields.who || fields.date) {
      row.dataset.id = url.split("#")[1];
      row.dataset.day = day;
      put("who", fields.who);
      row.querySelector(".d a").href = new URL(url, root);
    } else {
      const link = document.createElement("a");
      link.href = new URL(url, root);
      link.textContent = fields.title;
      link.dir = "auto";
      const head = row.querySelector("th");
      head.append(link);
      head.colSpan = 2;
      row.querySelector(".q").remove();
      row.querySelector(".d").textContent = fields.note ?? "";
      row.className = "vb-whole";
    }
    const told = { issue: fields.issue ?? "", known: fields.known ?? skeleton.getAttribute(`data-${kind}`), word: fields.word };
    for (const [name, text] of Object.entries(told)) put(name, text);
    put("summary", fields.summary ?? fields.text);
    put("quotation", fields.quotation);
    if (fields.date) put("date", fields.date);
    const stance = row.querySelector(".vb-st");
    if (side) {
      stance.classList.add(`s-${side}`);
      stance.querySelector("svg").classList.add(`s-${side}`, `m-${modality}`);
      // Material rewrites every plain href when it changes pages, which fails inside SVG.
      stance.querySelector("use").setAttributeNS("http://www.w3.org/1999/xlink", "href", `#mk-${side}`);
    } else stance.remove();
    return row;
  }

  /** The worker's answer; null without an index. */
  function ask(question) {
    worker ??= new Worker(new URL("../assets/javascripts/explore-worker.js", location.href));
    const mine = ++asked;
    return new Promise((resolve) => {
      worker.addEventListener("message", function hear({ data }) {
        if (data.turn !== mine) return;
        worker.removeEventListener("message", hear);
        resolve(data.failed ? null : data);
      });
      worker.postMessage({ ...question, turn: mine });
    });
  }

  function append(hits, total) {
    found.append(...hits.map((hit) => rows.get(hit.url.split("#")[1]) ?? draw(hit)));
    for (const row of found.rows) row.hidden = false;
    vbTableRoles(table);
    more.hidden = found.rows.length >= total;
  }

  async function next() {
    const still = current;
    more.disabled = true;
    const answer = await ask({ from: found.rows.length });
    more.disabled = false;
    if (answer && still()) append(answer.hits, answer.total);
  }

  /** Whether the index could answer; without any choice the page is restored. */
  form.answer = async (choices, still) => {
    current = still;
    if (choices.length === 0) {
      restore();
      return false;
    }
    const { words = "", sort = "", ...chosen } = Object.fromEntries(choices);
    // Words are searched in all records, or in those with a date; without words, only statements are listed.
    const kinds = words ? (sort ? ["briefing", "key-point"] : null) : [];
    const facets = kinds ? { kind: ["position", "event", ...kinds], ...chosen } : chosen;
    const answer = await ask({ words, options: { facets, sort } });
    if (!answer) return false;
    if (!still()) return true;
    restore();
    for (const year of years) year.hidden = true;
    append(answer.hits, answer.total);
    count.textContent = count.dataset[words ? "found" : "shown"].replace("{shown}", number.format(answer.total));
    nothing.hidden = answer.total > 0;
    download.disabled = answer.total === 0;
    return true;
  };

  more.addEventListener("click", next);
  signal.addEventListener("abort", () => worker?.terminate());

  /** Quote a cell (RFC 4180). Spreadsheets would run one that begins like a formula, and what follows a semicolon where
      that separates cells. */
  function cell(text) {
    return `"${text.replace(/(^|[;\t\r\n] *)(?=[=+\-@＝＋－＠\t\r])/g, "$1'").replaceAll('"', '""')}"`;
  }

  const joined = (line) => `${line.map((value) => cell(Array.isArray(value) ? value.join(" ; ") : value)).join(",")}\r\n`;

  async function fetchPart(part) {
    const response = await fetch(new URL(`${part}.json`, location.href));
    if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
    return response.json();
  }

  /** The lines of the files that have the rows which are shown; an address and an id end each line. */
  async function makeTable() {
    const shown = [...table.querySelectorAll("tr[data-id]")].filter((row) => !row.hidden && !row.parentElement.hidden);
    const parts = download.dataset.parts.split(" ");
    const needed = new Set(shown.map((row) => parts.find((part) => row.dataset.day.startsWith(part))));
    const files = await Promise.all([...needed].map(fetchPart));
    const known = new Map(files.flatMap(([, ...lines]) => lines).map((line) => [line.at(-1), line]));
    for (const line of known.values()) line[line.length - 2] = new URL(line.at(-2), root).href;
    return [files[0][0], ...shown.map((row) => known.get(row.dataset.id))].map(joined).join("");
  }

  async function save() {
    try {
      // The byte order mark tells spreadsheets that it is UTF-8.
      const file = new Blob(["\ufeff", await makeTable()], { type: "text/csv;charset=utf-8" });
      const link = document.createElement("a");
      link.href = URL.createObjectURL(file);
      link.download = `${document.querySelector('[property="og:site_name"]').content.toLowerCase()}.csv`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    } catch {
      count.textContent = count.dataset.failed;
    }
  }

  document.addEventListener("shown", (event) => { download.disabled = event.detail === 0; }, { signal });
  download.addEventListener("click", save);
  download.hidden = false;
});
