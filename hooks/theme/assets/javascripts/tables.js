/* Sets ARIA roles on tables: on a phone their rows are stacked, and some browsers then drop the table semantics. In the
   HTML the roles would be redundant, which is an error. */

self.vbTableRoles = (table) => {
  const roles = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
  for (const part of [table, ...table.querySelectorAll("thead, tbody, tr, td, th")]) {
    const role = roles[part.tagName] ?? (part.scope.startsWith("row") ? "rowheader" : "columnheader");
    part.setAttribute("role", role);
  }
};

vbOnPage(() => document.querySelectorAll(".vb table").forEach(vbTableRoles));
