/* A missing address below the folder of a language is explained in that language alone. */
(() => {
  "use strict";

  const parts = [...document.querySelectorAll("article > .vb")];
  const [own] = parts;
  const here = parts.find(({ dataset }) => dataset.below && location.pathname.startsWith(dataset.below)) ?? own;
  for (const part of parts) part.hidden = part !== here;
  const title = (part) => part.querySelector("h1").textContent;
  document.title = document.title.replace(title(own), () => title(here));
})();
