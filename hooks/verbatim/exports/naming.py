"""Naming: a statement as a line of plain text, for titles of feeds, references and linked data."""

from __future__ import annotations

from ..views.statements import PositionView
from ..wording.language import Language


def position_name(view: PositionView, language: Language) -> str:
    """`Valdorie · Membre de la patrouille · Pour (rapporté)`."""
    return f"{language.plain(view.holder.name)} · {language.plain(view.issue.short)} · {stance_name(view, language)}"


def stance_name(view: PositionView, language: Language) -> str:
    """`Pour`, but `Pour (rapporté)`: in a title, too, what is second-hand does not look first-hand."""
    position, t = view.position, language.t
    stance = str(t(f"stance.{position.stance}"))
    return stance if position.modality == "stated" else f"{stance} ({t(f'modality.{position.modality}')})"
