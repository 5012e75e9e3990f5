/* The explorer: filters over the rows of its table, kept in the address, and what is shown as a CSV file. */

(() => {
  "use strict";

  const form = document.querySelector("form[data-explore]");
  if (!form) return;

  const years = [...document.querySelectorAll(".vb-x tbody")];
  const rows = years.flatMap((year) => [...year.querySelectorAll("tr[data-id]")]);
  const count = document.querySelector(".vb-count");
  const nothing = document.querySelector(".vb-nothing");
  const download = document.querySelector(".vb-download");
  const fold = form.querySelector("details");
  const names = [...new Set([...form.elements].map((field) => field.name).filter(Boolean))];
  const number = new Intl.NumberFormat(document.documentElement.lang);

  /** The choices of the form, without the facets that are left open. */
  function chosen() {
    return [...new FormData(form)].filter(([, value]) => value);
  }

  function show() {
    const choices = chosen();
    for (const row of rows) {
      row.hidden = !choices.every(([name, value]) => row.dataset[name].split(" ").includes(value));
    }
    for (const year of years) year.hidden = !year.querySelector("tr[data-id]:not([hidden])");
    const shown = rows.filter((row) => !row.hidden).length;
    count.textContent = count.dataset.shown.replace("{shown}", number.format(shown));
    nothing.hidden = shown > 0;
    download.disabled = shown === 0;
  }

  /** An address may name what does not exist: the facet is left open then. */
  function readAddress() {
    const asked = new URLSearchParams(location.search);
    for (const name of names) {
      const field = form.elements[name];
      field.value = asked.get(name) ?? "";
      if (field.value !== asked.get(name)) field.value = "";
    }
    show();
  }

  function writeAddress() {
    const query = new URLSearchParams(chosen()).toString();
    history.pushState(null, "", query ? `?${query}` : location.pathname);
    show();
  }

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
    const response = await fetch(new URL(`${year.dataset.year}.json`, location.href));
    if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
    return response.json();
  }

  async function makeTable() {
    const files = await Promise.all(years.filter((year) => !year.hidden).map(fetchYear));
    const shown = new Set(rows.filter((row) => !row.hidden).map((row) => row.dataset.id));
    const lines = files.flatMap((file) => file.rows.filter((row) => shown.has(row.id)).map((row) => cells(row, file)));
    const heads = files[0].columns.map(([, label]) => cell(label));
    return [heads, ...lines].map((line) => `${line.join(",")}\r\n`).join("");
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

  const wide = matchMedia("(min-width: 60em)");
  const foldByWidth = () => { fold.open = wide.matches; };

  form.addEventListener("change", writeAddress);
  form.addEventListener("reset", () => setTimeout(writeAddress)); // the fields change after the event
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("popstate", readAddress);
  wide.addEventListener("change", foldByWidth);
  download.addEventListener("click", save);

  foldByWidth();
  readAddress();
  form.hidden = download.hidden = false;
})();
