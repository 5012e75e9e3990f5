"""Changes: what each day told that was not told before, by actor and question.

Most of it is in the corpus: every statement has the day of its briefing, and says what it replaces. Edits of what had
been published come from a comparison with an earlier state.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from ..model.dates import Edtf, parse_edtf
from ..model.entities import Briefing, Issue, Record, Update, title_of
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


def changes_view(atlas: Atlas, lines: list[Line], archive: list[Volume[Line]]) -> ChangesView:
    days = days_of(lines)
    if archive:
        held: list[tuple[date, list[Line]]] = []
        count = 0
        for day, of_day in days:
            count += len(of_day)
            if held and count > MOST_LINES:
                break
            held.append((day, of_day[:MOST_LINES]))
        days = held
    return ChangesView([(day, _in_order(with_turns(atlas, of_day))) for day, of_day in days], archive)


def archive_of(lines: list[Line]) -> list[Volume[Line]]:
    """Everything by year, where one page cannot show all."""
    return volumes(lines, lambda line: line.dated, CHANGES_BY_YEAR) if len(lines) > MOST_LINES else []


def days_of(lines: Iterable[Line]) -> list[tuple[date, list[Line]]]:
    """The days on which something was told, newest first, each with its lines in their order."""
    days: dict[date, list[Line]] = {}
    for line in sorted(lines, key=lambda line: line.day, reverse=True):
        days.setdefault(line.day, []).append(line)
    return [(day, _in_order(of_day)) for day, of_day in days.items()]


def _in_order(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: line.order)


def lines_of(atlas: Atlas) -> list[Line]:
    """Everything that the site has told, in no order of days; positions without what they changed."""
    return [*_stated(atlas), *_edited(atlas)]


def with_turns(atlas: Atlas, lines: Iterable[Line]) -> list[Line]:
    """The same lines; a position that changed a stance is told as a change, with the statement before it.

    Apart from `lines_of`, since what held before is work, and only pages that are asked for need it.
    """
    found: list[Line] = []
    turns: dict[int, dict[str, list[PositionView]]] = {}
    for line in lines:
        view = line.subject
        before = []
        if line.kind == "position" and isinstance(view, PositionView):
            cell = atlas.cell_with(view)
            if id(cell) not in turns:
                turns[id(cell)] = _turns_of(cell)
            before = turns[id(cell)].get(view.position.id, [])
        found += [replace(line, kind="turned", before=each) for each in before] or [line]
    return found


def _turns_of(cell: Cell) -> dict[str, list[PositionView]]:
    """By position: the statements whose stance it changed."""
    by_id = {view.position.id: view for view in cell.views}
    turned: dict[str, list[PositionView]] = {}
    for turn in cell.turns:
        turned.setdefault(turn.after.id, []).append(by_id[turn.before.id])
    return turned


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
    return Line("edit", edit.told, None, edit=edit, title=title_of(record), url=page_url(record))
