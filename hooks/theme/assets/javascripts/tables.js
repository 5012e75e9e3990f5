/* On a phone the rows of a table are stacked, and some browsers then take it for no table any more: roles say that it
   still is one. Written into the page they would be wrong, since a table has them already. */

self.vbTableRoles = (table) => {
  const roles = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
  for (const part of [table, ...table.querySelectorAll("thead, tbody, tr, td, th")]) {
    const role = roles[part.tagName] ?? (part.scope.startsWith("row") ? "rowheader" : "columnheader");
    part.setAttribute("role", role);
  }
};

vbOnPage(() => document.querySelectorAll(".vb table").forEach(vbTableRoles));
