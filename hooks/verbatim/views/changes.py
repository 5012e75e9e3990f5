"""Changes: what each day told that was not told before, by actor and question.

Most of it is in the corpus: every statement has the day of its briefing, and says what it replaces. Edits of what had
been published come from a comparison with an earlier state.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ..model.dates import Edtf, parse_edtf
from ..model.entities import Briefing, Issue, Record, Update
from ..model.values import Text
from .addresses import CHANGES_BY_YEAR, page_url
from .archives import MOST_LINES, Volume, volumes
from .as_of import Cell
from .atlas import Atlas
from .edits import Edit
from .statements import EventView, OutcomeView, Party, PositionView, QuotationView

LineKind = Literal["turned", "briefing", "update", "position", "event", "outcome", "withdrawn", "edit"]
"""In the order of a day; `turned` is a change of stance."""

_ORDER: tuple[LineKind, ...] = ("turned", "briefing", "update", "position", "event", "outcome", "withdrawn", "edit")

_REGISTRIES = ("briefings", "actors", "issues", "sources")


@dataclass(frozen=True)
class Line:
    """One thing that a state told."""

    kind: LineKind
    told: str
    """The state: `2017-05-25`."""

    subject: Briefing | PositionView | EventView | None
    """None for the edit of a record, or of what is no longer there."""

    parties: tuple[Party, ...] = ()
    issues: tuple[Issue, ...] = ()
    before: PositionView | None = None
    """The statement with the stance that a change of stance ended."""

    update: Update | None = None
    outcome: OutcomeView | None = None
    edit: Edit | None = None
    title: Text | None = None
    """Of what an edit is about; None where it is no longer there."""

    url: str = ""

    @property
    def day(self) -> date:
        return date.fromisoformat(self.told[:10])

    @property
    def order(self) -> int:
        return _ORDER.index(self.kind)

    @property
    def dated(self) -> Edtf:
        return parse_edtf(self.told[:10])


@dataclass(frozen=True)
class ChangesView:
    days: list[tuple[date, list[Line]]]
    """The newest first; where they are many, as many days as a page can hold."""

    archive: list[Volume[Line]]


def changes_view(lines: list[Line], archive: list[Volume[Line]]) -> ChangesView:
    days = days_of(lines)
    if archive:
        held, count = [], 0
        for day, of_day in days:
            count += len(of_day)
            if held and count > MOST_LINES:
                break
            held.append((day, of_day[:MOST_LINES]))
        days = held
    return ChangesView(days, archive)


def archive_of(lines: list[Line]) -> list[Volume[Line]]:
    """Everything by year, where one page cannot show all."""
    return volumes(lines, lambda line: line.dated, CHANGES_BY_YEAR) if len(lines) > MOST_LINES else []


def days_of(lines: list[Line]) -> list[tuple[date, list[Line]]]:
    """The days on which something was told, newest first, each with its lines in their order."""
    days: dict[date, list[Line]] = {}
    for line in sorted(lines, key=lambda line: line.day, reverse=True):
        days.setdefault(line.day, []).append(line)
    return [(day, sorted(of_day, key=lambda line: line.order)) for day, of_day in days.items()]


def lines_of(atlas: Atlas) -> list[Line]:
    """Everything that the site has told, in no order of days."""
    turned = list(_turned(atlas))
    told = {id(line.subject) for line in turned}
    lines = [line for line in _stated(atlas) if line.kind == "withdrawn" or id(line.subject) not in told]
    return [*turned, *lines, *_edited(atlas)]


def _turned(atlas: Atlas) -> Iterator[Line]:
    """The changes of stance; told when the later of the two statements was."""
    for cell in atlas.cells:
        yield from _turns_of(atlas, cell)


def _turns_of(atlas: Atlas, cell: Cell) -> Iterator[Line]:
    by_id = {view.position.id: view for view in cell.views}
    for turn in cell.turns:
        before, after = by_id[turn.before.id], by_id[turn.after.id]
        told = max(before.told[0][0], after.told[0][0])
        yield Line("turned", told, after, (cell.holder,), (after.issue,), before)


def _stated(atlas: Atlas) -> Iterator[Line]:
    for briefing in atlas.corpus.briefings.values():
        late = [edit.told for edit in atlas.edits_of.get(("briefings", briefing.id), ()) if edit.kind == "new"]
        told = late[0] if late else briefing.date.last_day.isoformat()
        yield Line("briefing", told, briefing, tuple(atlas.parties_by_briefing[briefing.id]), _issues(atlas, briefing))
        for update in briefing.updates:
            yield Line("update", update.date.last_day.isoformat(), briefing, update=update)
    for view in atlas.positions:
        yield Line("position", view.told[0][0], view, (view.holder,), (view.issue,))
        if view.position.withdrawn:
            day = view.position.withdrawn.date.last_day.isoformat()
            yield Line("withdrawn", day, view, (view.holder,), (view.issue,))
    for event in atlas.events:
        yield Line("event", event.told[0][0], event, event.actors, event.issues)
        for outcome in event.outcomes:
            day = outcome.briefing.date.last_day.isoformat()
            yield Line("outcome", day, event, event.actors, event.issues, outcome=outcome)


def _issues(atlas: Atlas, briefing: Briefing) -> tuple[Issue, ...]:
    return tuple({view.issue.id: view.issue for view in atlas.positions_by_briefing[briefing.id]}.values())


def _edited(atlas: Atlas) -> Iterator[Line]:
    """The edits; that something is new or withdrawn is told beside the rest."""
    positions = {view.position.id: view for view in atlas.positions}
    events = {view.event.id: view for view in atlas.events}
    quotations = {view.quotation.id: view for view in atlas.quotations.values()}
    for edit in atlas.edits:
        if edit.kind == "new" or (edit.kind == "withdrawn" and edit.id in positions):
            continue
        if edit.table == "positions" and (view := positions.get(edit.id)):
            yield Line("edit", edit.told, view, (view.holder,), (view.issue,), edit=edit)
        elif edit.table == "events" and (event := events.get(edit.id)):
            yield Line("edit", edit.told, event, event.actors, event.issues, edit=edit)
        elif edit.table == "quotations" and (quotation := quotations.get(edit.id)):
            yield _quoted(quotation, edit)
        else:
            record = getattr(atlas.corpus, edit.table).get(edit.id) if edit.table in _REGISTRIES else None
            yield _recorded(record, edit)


def _quoted(view: QuotationView, edit: Edit) -> Line:
    return Line("edit", edit.told, None, (view.speaker,), edit=edit, title=view.source.title, url=view.url)


def _recorded(record: Record | None, edit: Edit) -> Line:
    if not record:
        return Line("edit", edit.told, None, edit=edit)
    title = getattr(record, "title", None) or getattr(record, "name", None) or record.question
    return Line("edit", edit.told, None, edit=edit, title=title, url=page_url(record))


