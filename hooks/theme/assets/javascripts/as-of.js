/* As of a day: shows what held on the chosen day. The build computes the days; this only compares dates, updates the
   URL and announces the change to screen readers. */
vbOnPage((signal) => {
  "use strict";

  const form = document.querySelector(".vb-asof");
  if (!form) return;
  const last = form.dataset.last;
  const input = form.elements.on;
  const status = form.querySelector("[role=status]");
  const radios = [...form.querySelectorAll("[name=stop]")];
  const isDay = (text) =>
    /^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text || "") &&
    !Number.isNaN(Date.parse(text)) &&
    new Date(text).toISOString().startsWith(text);
  const shows = (when, day) =>
    when.split(" ").some((span) => {
      const [from, until] = span.split("/");
      return from <= day && (until === "" || day < until);
    });

  function show(day) {
    for (const element of document.querySelectorAll("[data-when]")) {
      element.hidden = !shows(element.dataset.when, day);
    }
    for (const camp of document.querySelectorAll(".vb-camp")) {
      const count = camp.querySelectorAll("li:not([hidden])").length;
      camp.querySelector(".n").textContent = count;
      camp.hidden = count === 0;
    }
    for (const silence of document.querySelectorAll(".vb-answer .vb-silence")) {
      silence.hidden = !silence.querySelector("span:not([hidden])");
    }
    const reached = radios.filter((radio) => radio.value <= day).pop();
    for (const radio of radios) radio.checked = radio === reached;
    const stops = form.querySelector(".vb-stops"); // a row that scrolls, on a phone
    const place = (reached ?? radios[0]).parentElement;
    stops.scrollLeft += place.getBoundingClientRect().right - stops.getBoundingClientRect().right;
    for (const column of document.querySelectorAll(".vb-col")) {
      column.classList.toggle("on", Boolean(reached) && column.dataset.day === reached.value);
    }
    input.value = day;
  }

  let typing = false; // typing a date makes one history entry, not one per digit

  function choose(day, replace) {
    show(day);
    const address = new URL(location.href);
    if (day === last) address.searchParams.delete("on");
    else address.searchParams.set("on", day);
    if (address.href !== location.href) history[replace ? "replaceState" : "pushState"](null, "", address);
    const format = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" });
    status.textContent = status.dataset.said.replace("{day}", format.format(new Date(day)));
  }

  function read() {
    const asked = new URL(location.href).searchParams.get("on");
    show(isDay(asked) ? asked : last);
  }

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", (event) => {
    const day = event.target.value;
    if (!isDay(day)) return;
    choose(day, typing);
    typing = event.target === input;
  });
  input.addEventListener("blur", () => (typing = false));
  addEventListener("popstate", read, { signal });
  read();
});
