"""The core of Verbatim: from the YAML in `briefings/` to ready pages, knowing nothing of MkDocs.

One flow, one direction, a folder for each stage:

    briefings/*.yml -> reading -> Corpus -> checks -> views -> drawings, exports, search, pages -> Output

A room imports only rooms that stand before it in `ROOMS`; a test holds it to that. Nothing here reads the clock, the
network or the working directory: paths, languages and addresses are arguments. Only `search.indexing` and
`publishing` write, and only below the folder that they are given.
"""

ROOMS = (
    "problems",
    "progress",
    "parts",
    "model",
    "reading",
    "wording",
    "checks",
    "authoring",
    "drafting",
    "views",
    "drawings",
    "exports",
    "search",
    "pages",
    "site",
    "programs",
    "publishing",
)
"""In the order of imports. `authoring`, `drafting`, `programs` and `publishing` serve only commands and the adapter."""
