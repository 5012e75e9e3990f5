/* Two actors compared, from the published data, which has the positions that hold (`standings`) and the changes of
   stance: no rule of standing is repeated here. Every text is put in as text. */

vbOnPage(() => {
  "use strict";

  const form = document.querySelector("form.vb-pair");
  if (!form || location.protocol === "file:") return; // a folder answers no fetch

  const { lang } = document.documentElement;
  const { locale } = form.dataset;
  const status = form.querySelector("[role=status]");
  const result = document.querySelector(".vb-compared");
  const parts = new Map([...form.querySelector("template").content.children].map((part) => [part.dataset.part, part]));
  const full = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
  const shapes = { 4: { year: "numeric" }, 7: { year: "numeric", month: "long" }, 10: { dateStyle: "long" } };
  const plainDate = /^\d{4}(-\d\d){0,2}$/;
  const ENDS = ["a", "b"];
  let turn = 0; // of choices that overtake each other, the last one counts

  const files = new Map();

  function fetched(address) {
    if (!files.has(address)) {
      const answer = fetch(new URL(address, location.href)).then((response) => {
        if (!response.ok) throw new Error(response.status);
        return response.json();
      });
      answer.catch(() => files.delete(address));
      files.set(address, answer);
    }
    return files.get(address);
  }

  const table = (name) => fetched(`${form.dataset.api}${name}.json`);

  const say = (name, values = {}) =>
    parts.get(name).textContent.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);

  function element(name, text, className = "") {
    return Object.assign(document.createElement(name), { textContent: text, className, dir: "auto" });
  }

  function link(page, text) {
    return Object.assign(element("a", text), { href: form.dataset.root + page });
  }

  /** A date as pages write it; one that is not exact as the days that it can mean. */
  function written({ date, date_first: first, date_last: last }) {
    if (plainDate.test(date)) {
      const format = new Intl.DateTimeFormat(locale, { ...shapes[date.length], timeZone: "UTC" });
      const pieces = format.formatToParts(new Date(date));
      return pieces.map(({ type, value }) => (type === "day" && value === "1" ? form.dataset.first : value)).join("");
    }
    return first && last ? full.formatRange(new Date(first), new Date(last)) : date;
  }

  /** Who says so, and how: `d'après : X, relais : Y`. */
  function telling(position, names) {
    const { actor, modality, said_by: teller, relayed_by: relay } = position;
    const other = teller && teller !== actor;
    const own = modality === "inferred" ? say("inferred-by-us") : say(`modality.${modality}`);
    const how = other ? say(`modality-by.${modality}`, { who: names.get(teller) ?? teller }) : own;
    return relay ? `${how}, ${say("relayed-by", { who: names.get(relay) ?? relay })}` : how;
  }

  function drawStance(position) {
    const stance = parts.get(`stance.${position.stance}`).firstElementChild.cloneNode(true);
    stance.querySelector("svg").classList.add(`m-${position.modality}`);
    return stance;
  }

  /** A statement: its stance, who says so, and its date, which leads to it. */
  function drawStatement(position, names, role = "holds") {
    const item = element("div", "", "vb-statement");
    const note = element("span", "", "vb-mod");
    if (role !== "holds") note.append(element("em", say(role)), " · ");
    note.append(telling(position, names), " · ", link(position.page, written(position)));
    item.append(drawStance(position), note);
    return item;
  }

  function drawCell(head, statements) {
    const cell = document.createElement("td");
    const label = element("span", head, "vb-cell-q");
    label.setAttribute("aria-hidden", "true");
    cell.append(label, ...(statements.length ? statements : [element("span", say("none"), "vb-mut")]));
    return cell;
  }

  function drawRow(issue, names, cells, note) {
    const row = document.createElement("tr");
    const head = document.createElement("th");
    head.scope = "row";
    head.append(link(`issues/${issue}/`, names.get(`issues/${issue}`) ?? issue));
    if (note) head.append(note);
    row.append(head, ...cells);
    return row;
  }

  function put(name, rows) {
    const section = document.getElementById(name).parentElement;
    section.hidden = rows.length === 0;
    section.querySelector("[data-count]").textContent = rows.length;
    section.querySelector("tbody").replaceChildren(...rows);
    vbTableRoles(section.querySelector("table"));
  }

  /** What an actor holds now, by question: `[position, role]`. */
  function current({ positions, standings }) {
    const byId = new Map(positions.map((position) => [position.id, position]));
    const now = standings.filter(({ until_day: end, role }) => !end && role !== "beneath");
    return Map.groupBy(now.map(({ position, role }) => [byId.get(position), role]), ([position]) => position.issue);
  }

  const stancesOf = (held) => [...new Set(held.map(([position]) => position.stance))].sort().join();
  const newest = (...held) => held.flat().map(([position]) => position.date_last ?? position.date).sort().at(-1);

  function show(actors, names) {
    const held = actors.map(current);
    const heads = actors.map(({ id }) => names.get(id));
    for (const [place, end] of ENDS.entries()) {
      for (const head of result.querySelectorAll(`[data-name="${end}"]`)) head.textContent = heads[place];
    }
    const rows = { differ: [], agree: [], one: [] };
    const issues = [...new Set(held.flatMap((each) => [...each.keys()]))].map((issue) => {
      const [own, other] = held.map((each) => each.get(issue) ?? []);
      return { issue, own, other, day: newest(own, other) };
    });
    for (const { issue, own, other } of issues.sort((one, next) => (one.day < next.day ? 1 : -1))) {
      const kind = own.length && other.length ? (stancesOf(own) === stancesOf(other) ? "agree" : "differ") : "one";
      const cells = [own, other].map((each, place) =>
        drawCell(heads[place], each.map(([position, role]) => drawStatement(position, names, role))));
      rows[kind].push(drawRow(issue, names, cells));
    }
    const changes = actors.flatMap((actor) => {
      const byId = new Map(actor.positions.map((position) => [position.id, position]));
      return actor.stance_changes.map((change) => ({ ...change, statements: [byId.get(change.before), byId.get(change.after)] }));
    });
    rows.changed = changes.sort((one, next) => (one.day < next.day ? 1 : -1)).map(({ actor, day, issue, statements }) => {
      const cells = statements.map((position, place) =>
        drawCell(result.querySelectorAll("#changed ~ table th")[place + 1].textContent, [drawStatement(position, names)]));
      return drawRow(issue, names, cells, element("span", `${names.get(actor)} · ${written({ date: day })}`, "vb-mod"));
    });
    for (const [name, drawn] of Object.entries(rows)) put(name, drawn);
    result.hidden = false;
    const counts = { agree: rows.agree.length, differ: rows.differ.length, one: rows.one.length };
    return status.dataset.found.replace(/\{(\w+)\}/g, (whole, key) => counts[key] ?? whole);
  }

  /** Names by actor's id, and by `issues/<id>`; those of voices and publications where a statement needs them. */
  async function known(actors) {
    const names = new Map((await fetched(form.dataset.names)).map(([title, url]) =>
      [url.replace(/^actors\//, "").slice(0, -1), title]));
    const tellers = actors.flatMap(({ positions }) => positions).flatMap(({ said_by, relayed_by }) => [said_by, relayed_by]);
    if (tellers.some((teller) => teller && !names.has(teller))) {
      for (const { id, name } of (await table("parties")).rows) {
        if (!names.has(id)) names.set(id, name[lang] ?? Object.values(name)[0]);
      }
    }
    return names;
  }

  async function compare() {
    const mine = ++turn;
    const chosen = ENDS.map((end) => form.elements[end].value);
    result.hidden = true;
    status.textContent = "";
    if (chosen.includes("")) return;
    if (chosen[0] === chosen[1]) {
      status.textContent = status.dataset.same;
      return;
    }
    try {
      const actors = await Promise.all(chosen.map((id) => fetched(`${form.dataset.api}actors/${id}.json`)));
      const names = await known(actors);
      if (mine === turn) status.textContent = show(actors, names);
    } catch {
      if (mine === turn) status.textContent = status.dataset.failed;
    }
  }

  function writeAddress() {
    const chosen = [...new FormData(form)].filter(([, id]) => id);
    const query = new URLSearchParams(chosen).toString();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
  }

  /** Chooses the actors of the address; one that has another id now by the one it had. */
  async function readAddress() {
    const asked = new URLSearchParams(location.search);
    let unknown = false;
    for (const end of ENDS) {
      const field = form.elements[end];
      const id = asked.get(end) ?? "";
      field.value = id;
      if (field.value === id) continue;
      const renamed = (await table("actors")).rows.find(({ formerly = [] }) => formerly.includes(id));
      field.value = renamed?.id ?? "";
      unknown ||= !renamed;
    }
    await compare();
    if (unknown) status.textContent = status.dataset.unknown;
  }

  async function begin() {
    const { compare: order } = new Intl.Collator(locale);
    const actors = (await fetched(form.dataset.names)).filter(([, url]) => url.startsWith("actors/"));
    for (const [name, url] of actors.sort(([one], [next]) => order(one, next))) {
      for (const end of ENDS) form.elements[end].append(new Option(name, url.slice("actors/".length, -1)));
    }
    form.hidden = false;
    document.querySelector(".vb-needs").hidden = true;
    await readAddress();
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", () => {
    writeAddress();
    compare();
  });
  begin().catch(() => { /* the page says what it needs */ });
});
