"""The core of Verbatim: from the YAML in `briefings/` to ready pages, knowing nothing of MkDocs.

One flow, one direction; no module imports one that stands after it in `LAYERS` (a test holds it to that):

    files -> strict_yaml -> values, model -> loading -> Corpus -> references, verification, checks
          -> standing, views -> drawings, calendars, records, facets, explore, chapters, pages
          -> site (the whole flow) -> publishing

Nothing here reads the clock, the network or the working directory: paths, languages and addresses are
arguments. Only `publishing` writes, and only below the folder that it is given.
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
    "records",
    "facets",
    "explore",
    "chapters",
    "pages",
    "site",
    "publishing",
)
