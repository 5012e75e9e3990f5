/* Filters the rows of a list; the choices are kept in the URL. Parts of a long list are fetched when a choice needs
   them. If the form has an `answer` function, it is called first, and returns whether it could answer. */

vbOnPage((signal) => {
  "use strict";

  const form = document.querySelector("form[data-filter]");
  const folder = location.protocol === "file:"; // fetch does not work there
  if (!form || (folder && "partial" in form.dataset)) return;

  const groups = [...document.querySelectorAll("[data-group]")];
  const count = document.querySelector(".vb-count");
  const nothing = document.querySelector(".vb-nothing");
  const fold = form.querySelector("details");
  const names = [...new Set([...form.elements].map((field) => field.name).filter(Boolean))];
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const whole = count.textContent;
  let turn = 0; // only the answer to the last choice counts

  /** The choices of the form, without empty ones. */
  function chosen() {
    return [...new FormData(form)].filter(([, value]) => value);
  }

  /** Whether an element matches: words are in its text, years overlap, other choices are one of its values. */
  function answers(element, [name, value]) {
    if (name === "sort") return true;
    if (name === "words") return self.vbQuery.wordsOf(value).every((word) => self.vbQuery.fold(element.textContent).includes(word));
    if (name === "from") return element.dataset.to >= value;
    if (name === "to") return element.dataset.from <= value;
    return element.dataset[name].split(" ").includes(value);
  }

  async function load(group) {
    const address = new URL(group.dataset.chapter, location.href);
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const table = page.querySelector("table:has([data-id])");
    for (const link of table.querySelectorAll("[href]:not([href^='#'])")) {
      link.setAttribute("href", new URL(link.getAttribute("href"), address).href);
    }
    for (const row of table.querySelectorAll("tr.now")) row.remove();
    if (!group.querySelector("table")) group.append(document.adoptNode(table));
  }

  /** The count is marked as busy until the last choice is answered. */
  async function show() {
    const mine = ++turn;
    count.setAttribute("aria-busy", "true");
    await answer(chosen(), mine);
    if (mine === turn) count.removeAttribute("aria-busy");
  }

  async function answer(choices, mine) {
    if (await form.answer?.(choices, () => mine === turn)) return;
    if (mine !== turn) return;
    const years = choices.filter(([name]) => name === "from" || name === "to");
    const chapters = groups.filter((group) => group.dataset.chapter);
    const needed = chapters.filter((group) => choices.length && years.every((year) => answers(group, year)));
    try {
      await Promise.all(needed.filter((group) => !group.querySelector("table")).map(load));
    } catch {
      if (mine === turn) count.textContent = count.dataset.failed;
      return;
    }
    if (mine !== turn) return;

    let shown = 0;
    const hidden = new Set();
    for (const group of groups) {
      let found = 0;
      for (const row of group.querySelectorAll("[data-id]")) {
        row.hidden = !choices.every((choice) => answers(row, choice));
        if (row.hidden) hidden.add(row.id);
        else found += 1;
      }
      for (const table of group.querySelectorAll("table")) table.hidden = choices.length === 0;
      group.hidden = choices.length > 0 && found === 0;
      shown += found;
    }
    for (const line of document.querySelectorAll("tr.now")) {
      line.hidden = !line.matches(":has(~ tr:not([hidden]))");
    }
    for (const mark of document.querySelectorAll("[data-event]")) {
      mark.classList.toggle("off", hidden.has(mark.dataset.event));
    }
    count.textContent = choices.length ? count.dataset.shown.replace("{shown}", number.format(shown)) : whole;
    nothing.hidden = choices.length === 0 || shown > 0;
    form.dispatchEvent(new CustomEvent("shown", { detail: shown, bubbles: true }));
  }

  /** A value that does not exist is ignored. */
  function readAddress() {
    const asked = new URLSearchParams(location.search);
    for (const name of names) {
      const field = form.elements[name];
      const value = asked.get(name) ?? "";
      if (field instanceof RadioNodeList) { // whose `value` cannot be set to an empty one
        const radios = [...field];
        (radios.find((radio) => radio.value === value) ?? radios[0]).checked = true;
      } else {
        field.value = value;
        if (field.value !== value) field.value = "";
      }
    }
    return show();
  }

  function writeAddress(replace) {
    const query = new URLSearchParams(chosen()).toString();
    history[replace ? "replaceState" : "pushState"](null, "", query ? `?${query}` : location.pathname);
    show();
  }

  let pause;
  form.addEventListener("input", ({ target }) => {
    if (target.type !== "search") return; // typing makes one history entry, not one per letter
    clearTimeout(pause);
    pause = setTimeout(writeAddress, 150, true);
  });
  form.addEventListener("change", ({ target }) => target.type === "search" || writeAddress());
  form.addEventListener("reset", () => setTimeout(writeAddress, 0, false)); // the fields are reset after the event
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("popstate", readAddress, { signal });

  const wide = matchMedia("(min-width: 60em)");
  const foldByWidth = () => { fold.open = wide.matches; };
  wide.addEventListener("change", foldByWidth, { signal });
  readAddress();
  foldByWidth();
  form.hidden = false;
});
