"""Catalogues: what a language's file holds, read and held against the file that the others are translated from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from string import Formatter
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from pydantic import ValidationError

from ..problems import Message, Problem, Where, did_you_mean
from ..reading.loading import schema_message
from ..reading.strict_yaml import Document, parse
from .typography import Typography

CATALOGUES = Path(__file__).parent / "locale"
"""One `<code>.yml` a language."""

SHOWN = "hooks/verbatim/wording/locale"
"""That folder as problems name it."""

REFERENCE = "en"
"""Every catalogue has the labels of this one, each with the same placeholders."""

FORMS = ("zero", "one", "two", "few", "many", "other")

Label = str | Mapping[str, str]
"""A text with `{placeholders}`, or one for each plural form."""


@dataclass(frozen=True)
class Catalogue:
    """One language's file."""

    document: Document
    typography: Typography

    @cached_property
    def labels(self) -> dict[str, Label]:
        """By key: `date.since`; set in the language's typography."""
        return {key: self._set(label) for key, label in self.written.items()}

    @cached_property
    def written(self) -> dict[str, Any]:
        """The labels before typography and validation."""
        sections = {key: value for key, value in self.document.value.items() if key != "typography"}
        return dict(_flatten(sections))

    def _set(self, label: Label) -> Label:
        if isinstance(label, str):
            return self.typography.set(label.strip())
        # A form that a catalogue leaves out reads as its `other`: French "many" is for millions.
        return {form: self.typography.set(label.get(form, label["other"]).strip()) for form in FORMS}


def file_of(code: str) -> str:
    """A language's catalogue as problems name it."""
    return f"{SHOWN}/{code}.yml"


def read_catalogues(folder: Path = CATALOGUES) -> tuple[dict[str, Catalogue], list[Problem]]:
    """Every catalogue that can be read, by the code of its language, and what keeps the others from being read."""
    catalogues, problems = {}, []
    for path in sorted(folder.glob("*.yml")):
        document, found = parse(path.read_bytes(), file_of(path.stem))
        typography = None
        if document and not found:
            try:
                typography = Typography.model_validate(document.value.get("typography", {}))
            except ValidationError as error:
                found = [
                    document.problem(("typography", *each["loc"]), schema_message(each)) for each in error.errors()
                ]
        if document and typography:
            catalogues[path.stem] = Catalogue(document, typography)
        problems += found
    return catalogues, problems


def catalogue_problems(code: str, catalogues: Mapping[str, Catalogue]) -> Iterator[Problem]:
    """What a language's catalogue lacks, or has too much, beside the reference."""
    reference = catalogues.get(REFERENCE)
    if code not in catalogues:
        hint = Message("copy {file} in the same folder to that name, and translate it", file=f"{REFERENCE}.yml")
        yield Problem(Where(file_of(code)), "", Message("no catalogue for the language {code!r}", code=code), hint)
        return
    document, labels = catalogues[code].document, catalogues[code].written
    known = reference.written if reference else labels
    for key in known:
        if key not in labels:
            yield document.problem(
                tuple(key.split(".")), "missing", Message("translate it from {file}", file=f"{REFERENCE}.yml")
            )
    for key, label in labels.items():
        loc = tuple(key.split("."))
        if key not in known:
            yield Problem(document.where_key(loc), key, "unknown label", did_you_mean(key, known))
        else:
            yield from (document.problem(loc, message) for message in _label_faults(label, known[key]))
    if isinstance(labels.get("locale"), str):
        try:
            Locale.parse(labels["locale"])
        except (UnknownLocaleError, ValueError):
            yield document.problem(
                ("locale",), Message("no locale {name!r} is known", name=labels["locale"]), "such as en_GB"
            )
    for key, label in labels.items():
        if key.startswith("date-pattern.") and isinstance(label, str) and not _is_date_pattern(label):
            yield document.problem(
                tuple(key.split(".")), Message("not a pattern for days: {label!r}", label=label), "such as d MMMM y"
            )


def _is_date_pattern(pattern: str) -> bool:
    try:
        format_date(date(2017, 5, 24), pattern, locale="en")
    except (ValueError, AttributeError):  # an unknown letter, or one that asks for the hour
        return False
    return True


def _label_faults(label: Any, reference: Label) -> Iterator[str]:
    forms = label if isinstance(label, dict) else {"": label}
    if not all(isinstance(form, str) and form.strip() for form in forms.values()):
        yield "expected a text"
    elif isinstance(label, dict) and isinstance(reference, str):
        yield "plural forms where there is nothing to count"
    else:
        named, wanted = _placeholders(forms.values()), _placeholders(_forms(reference))
        if named is None or wanted is None:
            yield "a brace without its other one"
        elif named != wanted:
            yield Message("the placeholders {named} instead of {wanted}", named=_listed(named), wanted=_listed(wanted))


def _forms(label: Label) -> Iterable[str]:
    return [label] if isinstance(label, str) else label.values()


def _placeholders(forms: Iterable[str]) -> set[str] | None:
    """The names in braces; None where braces do not match."""
    try:
        return {name for form in forms for _, name, _, _ in Formatter().parse(form) if name is not None}
    except ValueError:
        return None


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names)) or "none"


def _flatten(labels: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in labels.items():
        if isinstance(value, dict) and not ("other" in value and set(value) <= set(FORMS)):
            yield from _flatten(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value
