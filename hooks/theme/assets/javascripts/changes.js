/* What changed for a reader who comes back: marks what states of the site told since the one that was seen before this
   one, or since the day in `?since=`. Which states were seen is kept in this browser alone. A state is a day, or a day
   and a number: `2017-05-25.01`; states compare as text. */
vbOnPage(() => {
  "use strict";

  const line = document.querySelector(".vb-since");
  if (!line) return;
  const state = line.dataset.state;
  const key = `vb-seen ${new URL(line.querySelector("a").href).pathname}`;
  const [said, links] = line.querySelectorAll("b, span");
  const isDay = (text) => /^\d{4}-\d{2}-\d{2}$/.test(text ?? "") && !Number.isNaN(Date.parse(text));

  /** `since` is the state before the one that was seen last; none at the first visit, or without storage. */
  function recall() {
    try {
      return JSON.parse(localStorage.getItem(key)) ?? {};
    } catch {
      return {};
    }
  }

  function remember(visits) {
    try {
      if (visits) localStorage.setItem(key, JSON.stringify(visits));
      else localStorage.removeItem(key);
    } catch {
      /* nothing is kept */
    }
  }

  const visits = recall();
  if (!visits.seen || visits.seen < state) remember({ seen: state, since: visits.seen });
  const asked = new URL(location.href).searchParams.get("since");
  const kept = visits.seen < state ? visits.seen : visits.since;
  const since = isDay(asked) ? `${asked}~` : kept; // after all states of that day
  const field = document.querySelector(".vb-chosen input");
  if (field && since) field.value = since.slice(0, 10);

  /** What has become of an element since then; its latest word counts, but what is new is new. */
  function wordOf(element) {
    const told = element.dataset.told.split(" ").map((each) => each.split(":"));
    const after = told.filter(([when]) => when > since);
    const [, word = "new"] = after.includes(told[0]) ? told[0] : (after.sort().at(-1) ?? []);
    return after.length ? word : null;
  }

  function show() {
    const found = [];
    for (const element of document.querySelectorAll("[data-told]")) {
      const word = wordOf(element);
      if (!word || element.hidden) continue;
      const mark = document.createElement("em");
      mark.className = "vb-told";
      mark.textContent = line.dataset[word] ?? line.dataset.changed;
      const name = element.querySelector("a:not(.vb-link), b");
      name.after(" ", mark);
      element.id ||= `told-${found.length}`;
      const stances = [...element.querySelectorAll(".vb-turned .vb-st b")];
      const now = stances.pop() ?? element.querySelector(".vb-st b");
      const before = stances.pop()?.textContent ?? (word === "changed" && element.dataset.before);
      const stance = [before, now?.textContent].filter(Boolean).join(" → ");
      found.push([element.id, [name.textContent, stance].filter(Boolean).join(", "), mark.textContent]);
    }
    const format = new Intl.DateTimeFormat(line.dataset.locale, { dateStyle: "long", timeZone: "UTC" });
    const day = format.format(new Date(since.slice(0, 10)));
    const words = found.length ? line.dataset.found : line.dataset.none;
    said.textContent = words.replace("{day}", day).replace("{count}", found.length);
    for (const [id, name, word] of found.slice(0, 8)) {
      const link = document.createElement("a");
      link.href = `#${id}`;
      link.textContent = `${name} (${word})`;
      links.append(link, " ");
    }
    line.hidden = false;
  }

  function hide() {
    for (const mark of document.querySelectorAll(".vb-told")) mark.remove();
    links.replaceChildren();
    line.hidden = true;
  }

  line.querySelector("[name=seen]").addEventListener("click", () => {
    remember({ seen: state });
    hide();
  });
  line.querySelector("[name=forget]").addEventListener("click", () => {
    remember(null);
    hide();
  });
  if (since) show();
});
