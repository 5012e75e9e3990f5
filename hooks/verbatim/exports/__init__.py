"""Exports: what pages say, as data. `table` has statements as flat rows; the others write file formats.

An export is a function that `EXPORTS` lists. It yields files: a path relative to the language's root, and bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ..views.addresses import Site
from ..views.atlas import Atlas
from ..wording.language import Language
from .calendars import calendar_files
from .citations import citation_files
from .dataset import dataset_files
from .pictures import picture_files
from .table import Statement, statement_files

Export = Callable[[Atlas, Sequence[Statement], Language, Site], Iterator[tuple[str, bytes]]]
"""Takes the atlas, its statements, newest first, the language, and the site's name and address."""

EXPORTS: tuple[Export, ...] = (statement_files, calendar_files, citation_files, picture_files, dataset_files)
