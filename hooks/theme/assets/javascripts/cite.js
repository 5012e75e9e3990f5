/* Citations: "Cite" at a statement opens its reference in each format, taken from the files of its briefing. Without a
   script, and where these cannot be had, it leads to the briefing's own reference and to the files. */

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a.vb-citing");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const permalink = link.closest("tr").querySelector(".vb-link").href;
  const [page, key] = permalink.replace("index.html", "").split("#");
  const PLAIN = {{ t("cite.plain") | tojson }};
  const read = async (format) => {
    const answer = await fetch(`${page}cite.${format}`);
    if (!answer.ok) throw new Error(answer.status);
    return answer.text();
  };
  try {
    const [items, entries, records] = await Promise.all(["json", "bib", "ris"].map(read));
    const item = JSON.parse(items).find(({ id }) => id === key);
    show(permalink, {
      [PLAIN]: `${item.custom.text} ${item.URL ?? ""}`.trim(),
      BibTeX: entries.split("\n\n").find((entry) => entry.startsWith(`@misc{${key},`)),
      RIS: records.split("\r\n\r\n").find((record) => record.includes(`ID  - ${key}\r\n`)),
      "CSL-JSON": JSON.stringify([item], null, 1),
    });
  } catch {
    location.assign(link.href);
  }

  function show(address, formats) {
    const make = (tag, text, more = {}) => Object.assign(document.createElement(tag), { textContent: text, ...more });
    const dialog = make("dialog", "", { className: "vb-dialog" });
    const status = make("p", "", { className: "vb-sr", role: "status" });
    const close = make("button", {{ t("cite.close") | tojson }}, { type: "button", onclick: () => dialog.close() });
    const title = make("h2", {{ t("cite.statement") | tojson }}, { id: "vb-dialog" });
    const place = make("p", "", { className: "vb-meta" });
    place.append(make("a", {{ t("evidence.permalink") | tojson }}, { href: address }));
    dialog.setAttribute("aria-labelledby", title.id);
    dialog.append(title, place);
    for (const [format, text] of Object.entries(formats)) {
      const copy = make("button", {{ t("cite.copy") | tojson }}, { type: "button" });
      copy.setAttribute("aria-label", `${copy.textContent} · ${format}`);
      copy.onclick = () =>
        navigator.clipboard?.writeText(text).then(() => (status.textContent = {{ t("cite.copied") | tojson }}));
      const head = make("h3", format);
      head.append(" ", copy);
      dialog.append(head, format === PLAIN ? make("p", text) : make("pre", text.trim(), { tabIndex: 0 }));
    }
    dialog.append(status, close);
    dialog.addEventListener("close", () => dialog.remove());
    link.closest(".vb").append(dialog);
    dialog.showModal();
  }
});
