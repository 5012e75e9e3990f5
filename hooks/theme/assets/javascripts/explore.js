/* The explorer: choices and words are answered by the search index, whatever their number; what is shown of the
   answer can be saved as a CSV file. Without the index the rows of the page are filtered, by filter.js. */

(() => {
  "use strict";

  const download = document.querySelector(".vb-download");
  if (!download) return;

  const STEP = 30; // rows that are fetched at once
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
  found.setAttribute("role", "rowgroup");

  let index = null;
  let waiting = []; // results of the last answer that are not drawn yet
  let current = () => true;

  function restore() {
    for (const [row, home] of homes) home.append(row);
    found.replaceChildren();
    waiting = [];
    more.hidden = true;
  }

  function draw({ raw_url: url, meta }) {
    const row = skeleton.content.firstElementChild.cloneNode(true);
    const put = (name, text) => {
      const place = row.querySelector(`[data-put="${name}"]`);
      if (text) place.textContent = text;
      else place.remove();
    };
    row.dataset.id = url.split("#")[1];
    row.dataset.year = meta.day.slice(0, 4);
    for (const name of ["who", "issue", "known", "summary", "quotation", "date", "word"]) put(name, meta[name]);
    row.querySelector("a").href = new URL(url, root);
    const stance = row.querySelector(".vb-st");
    if (meta.stance) {
      stance.classList.add(`s-${meta.stance}`);
      stance.querySelector("svg").classList.add(`s-${meta.stance}`, `m-${meta.modality}`);
      stance.querySelector("use").setAttribute("href", `#mk-${meta.stance}`);
    } else stance.remove();
    return row;
  }

  async function next() {
    const still = current;
    const part = await Promise.all(waiting.slice(0, STEP).map((result) => result.data()));
    if (!still()) return;
    waiting = waiting.slice(STEP);
    found.append(...part.map((data) => rows.get(data.raw_url.split("#")[1]) ?? draw(data)));
    for (const row of found.rows) row.hidden = false;
    more.hidden = waiting.length === 0;
  }

  /** Whether the index could answer; no choice at all leaves the page as it came. */
  form.answer = async (choices, still) => {
    current = still;
    if (choices.length === 0) {
      restore();
      return false;
    }
    try {
      index ??= await self.vbQuery.open(root);
    } catch {
      return false;
    }
    const { words = "", sort = "", ...facets } = Object.fromEntries(choices);
    const term = self.vbQuery.asked(words) || null;
    const filters = { kind: { any: ["position", "event"] }, ...facets };
    const order = sort || (term ? "" : "desc");
    const answer = await index.search(term, { filters, sort: order ? { date: order } : {} });
    if (!still()) return true;
    restore();
    for (const year of years) year.hidden = true;
    waiting = answer.results;
    const total = waiting.length;
    await next();
    if (!still()) return true;
    count.textContent = count.dataset.shown.replace("{shown}", number.format(total));
    nothing.hidden = total > 0;
    download.disabled = total === 0;
    return true;
  };

  more.addEventListener("click", next);

  /** A spreadsheet would run a cell that begins like a formula; RFC 4180 says how to quote. */
  function cell(text) {
    return `"${text.replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`;
  }

  function cells(row, { columns, labels }) {
    const values = { ...row, url: new URL(`../${row.url}`, location.href).href };
    return columns.map(([key]) => {
      const value = labels[key]?.[values[key]] ?? values[key];
      return cell(Array.isArray(value) ? value.join(" ; ") : value);
    });
  }

  async function fetchYear(year) {
    const response = await fetch(new URL(`${year}.json`, location.href));
    if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
    return response.json();
  }

  async function makeTable() {
    const shown = [...table.querySelectorAll("tr[data-id]")].filter((row) => !row.hidden && !row.parentElement.hidden);
    const files = await Promise.all([...new Set(shown.map((row) => row.dataset.year))].map(fetchYear));
    const known = new Map(files.flatMap((file) => file.rows.map((row) => [row.id, cells(row, file)])));
    const heads = files[0].columns.map(([, label]) => cell(label));
    return [heads, ...shown.map((row) => known.get(row.dataset.id))].map((line) => `${line.join(",")}\r\n`).join("");
  }

  async function save() {
    try {
      // The byte order mark tells spreadsheets that it is UTF-8.
      const file = new Blob(["\ufeff", await makeTable()], { type: "text/csv;charset=utf-8" });
      const link = document.createElement("a");
      link.href = URL.createObjectURL(file);
      link.download = "verbatim.csv";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    } catch {
      count.textContent = count.dataset.failed;
    }
  }

  document.addEventListener("shown", (event) => { download.disabled = event.detail === 0; });
  download.addEventListener("click", save);
  download.hidden = false;
})();
