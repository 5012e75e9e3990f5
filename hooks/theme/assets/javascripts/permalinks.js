/* Permalinks: a click copies the URL and announces it. Without a script they are plain links. Links to other languages
   keep the query and the anchor. */

document.addEventListener("click", ({ target }) => {
  const other = target.closest("a.vb-lang");
  if (!other) return;
  other.search = location.search;
  other.hash = location.hash;
});

(() => {
  if (!navigator.clipboard) return;
  const status = document.createElement("p");
  status.className = "vb-sr";
  status.setAttribute("role", "status");
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.vb-link");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    navigator.clipboard.writeText(link.href).then(
      () => {
        const page = link.closest(".vb");
        page.append(status);
        status.textContent = page.dataset.copied;
        link.classList.add("copied");
        setTimeout(() => link.classList.remove("copied"), 1500);
      },
      () => location.assign(link.href),
    );
  });
})();
