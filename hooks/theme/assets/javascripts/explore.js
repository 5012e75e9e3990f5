/* The explorer's table: what is shown of it as a CSV file. */

(() => {
  "use strict";

  const download = document.querySelector(".vb-download");
  if (!download) return;

  const years = [...document.querySelectorAll(".vb-x tbody")];
  const rows = years.flatMap((year) => [...year.querySelectorAll("tr[data-id]")]);
  const count = document.querySelector(".vb-count");

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

  document.addEventListener("shown", (event) => { download.disabled = event.detail === 0; });
  download.addEventListener("click", save);
  download.hidden = false;
})();
