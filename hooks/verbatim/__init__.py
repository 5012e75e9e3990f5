"""The core of Verbatim: from the YAML in `briefings/` to ready pages, knowing nothing of MkDocs.

One flow, one direction; no module imports one that stands after it in `LAYERS` (a test holds it to that):

    files -> strict_yaml -> values, model -> loading -> Corpus -> references, verification, checks
          -> standing, views -> drawings, calendars, table, facets, explorer, chapters, records, names, pages
          -> site (the whole flow) -> indexing, publishing

Nothing here reads the clock, the network or the working directory: paths, languages and addresses are
arguments. Only `indexing` and `publishing` write, and only below the folder that they are given.
"""

LAYERS = (
    "problems",
    "dates",
    "strict_yaml",
    "values",
    "model",
    "schema",
    "matching",
    "lock",
    "corpus",
    "loading",
    "editions",
    "references",
    "verification",
    "coverage",
    "standing",
    "checks",
    "typography",
    "language",
    "prose",
    "views",
    "drawings",
    "calendars",
    "facets",
    "table",
    "explorer",
    "chapters",
    "records",
    "names",
    "policy",
    "pages",
    "site",
    "indexing",
    "publishing",
)
