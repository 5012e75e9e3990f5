"""The data of our pages for Hugo, whose templates in `hugo/` write the HTML of our pages from it.

A statement, a quotation and an event is an entry of a data file, once. A page is a content file whose front matter has
its view: ids of statements and events in their order, and what else the page says. Hugo is spared the views
(who stands where on which day), the layout of drawings, typography, dates and counted labels: they come ready.
"""

from __future__ import annotations

import html
import json
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from page_sizes import TAG

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "hooks"))

from verbatim.drawings.events import draw_events  # noqa: E402
from verbatim.drawings.lanes import draw_lanes  # noqa: E402
from verbatim.drawings.shapes import unit  # noqa: E402
from verbatim.drawings.sketches import sketch_timeline  # noqa: E402
from verbatim.exports.table import list_statements  # noqa: E402
from verbatim.pages.content import Content  # noqa: E402
from verbatim.pages.environment import counted_answer, opening  # noqa: E402
from verbatim.pages.site_map import KINDS  # noqa: E402
from verbatim.views.addresses import TIMELINE, Site, anchor, calendar_url, page_url  # noqa: E402
from verbatim.views.archives import MOST_LISTED, MOST_PAST  # noqa: E402
from verbatim.views.atlas import Atlas  # noqa: E402
from verbatim.views.statements import independent_sources  # noqa: E402
from verbatim.wording.catalogue import read_catalogues  # noqa: E402
from verbatim.wording.language import Language  # noqa: E402

Data = dict[str, Any]


def write_templated(folder: Path, atlas: Atlas, language: Language, shells: dict[str, str]) -> None:
    """A project of Hugo's; `shells` has its layouts and partials that are cut out of our own built pages, by path."""
    shutil.copytree(HERE / "hugo", folder)
    for path, layout in shells.items():
        _write(folder / "layouts" / path, layout)
    words = Wording(language)
    views = Views(atlas, words)
    for url, page in views.pages():
        _write(folder / "content" / f"{url.rstrip('/')}.md", json.dumps(page, ensure_ascii=False) + "\n")
    for name in ("statements", "quotations", "events"):
        _write(folder / "data" / f"{name}.json", json.dumps(getattr(views, name), ensure_ascii=False))
    _write(folder / "data" / "labels.json", json.dumps(words.labels, ensure_ascii=False))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@dataclass(frozen=True)
class Wording:
    """Words of one language as plain text, typeset."""

    language: Language

    @cached_property
    def labels(self) -> dict[str, str]:
        """Those that take no value."""
        labels = read_catalogues()[0][self.language.code].labels
        return {key: label for key, label in labels.items() if isinstance(label, str) and "{" not in label}

    def t(self, key: str, **values: Any) -> str:
        return self.language.t(key, **values).unescape()

    def prose(self, text: Any) -> str:
        """Markdown."""
        lang, words = self.language.choose(text)
        return self.language.set_type(words, lang)

    def quoted(self, words: str, lang: str) -> str:
        return html.unescape(TAG.sub("", self.language.quote(words, lang)))

    def linked(self, record: Any, words: Any) -> Data:
        return {"url": page_url(record), "words": self.language.plain(words)}

    def day(self, date: Any) -> Data:
        return {"words": self.language.date(date), "machine": date.html_datetime}

    def listed(self, records: Sequence[Any]) -> list[Data]:
        return [
            self.linked(each, each.title) | {"date": self.language.date(each.date)} for each in records[:MOST_LISTED]
        ]


class Views:
    """What pages show, as JSON; statements, quotations and events are kept aside when a page first has them."""

    def __init__(self, atlas: Atlas, words: Wording) -> None:
        self.atlas, self.words, self.language = atlas, words, words.language
        self.t, self.plain = words.t, words.language.plain
        self.statements: dict[str, Data] = {}
        self.quotations: dict[str, Data] = {}
        self.events: dict[str, Data] = {}

    def pages(self) -> Iterator[tuple[str, Data]]:
        """The address of each page and its front matter."""
        makers: dict[str, Callable[[Any], Data]] = {
            "briefing": self.briefing,
            "issue": self.issue,
            "actor": self.actor,
            "source": self.source,
            "archive": self.archive,
        }
        statements = partial(list_statements, self.atlas, self.language)
        content = Content(self.atlas, self.language, statements, Site("Verbatim"))
        for kind in KINDS:
            for draft in kind.drafts(content) if kind.template in makers else ():
                view = makers[kind.template](draft.view())
                page = {"title": draft.title, "description": draft.describe(), "type": kind.template}
                yield draft.url, page | {"view": view | {"as_of": self.t("date.as-of", date=self._day(view))}}

    def _day(self, view: Data) -> str:
        return str(view["date"]["words"]) if "date" in view else self.language.day(self.atlas.latest)

    # ---- Kinds of pages

    def briefing(self, view: Any) -> Data:
        briefing = view.briefing
        first_hand = self.t("count.first-hand", count=view.first_hand)
        return {
            "date": self.words.day(briefing.date),
            "title": self.plain(briefing.title),
            "summary": self.words.prose(briefing.summary),
            "sequel": self._sequel(view.sequel),
            "positions": view.position_count,
            "first_hand": first_hand,
            "quotations": len(view.quotations),
            "reading": self.t("count.minutes", count=view.reading_minutes),
            "essentials": [
                {
                    "anchor": anchor(each.key_point),
                    "issue": each.issue and self.words.linked(each.issue, each.issue.question),
                    "summary": self.words.prose(each.key_point.summary),
                    "evidence": self._evidence(each.evidence),
                    "camps": [self._named_camp(camp) for camp in each.camps],
                    "sequel": None if each.sequel is view.sequel else self._sequel(each.sequel),
                }
                for each in view.essentials
            ],
            "before": [
                {
                    "glyph": each.glyph,
                    "day": self.language.weekday(each.view.event.date),
                    "url": each.view.url,
                    "words": self.plain(each.view.event.title),
                }
                for each in reversed(view.timeline.past[-2:])
            ],
            "usual": self._usual(view.usual),
            "questions": [
                self.words.linked(issue, issue.question)
                | {"rows": [self._briefing_row(view, group) for group in groups]}
                for issue, groups in view.rows
            ],
            "matrix": self._matrix(view.matrix, here=True),
            "caption": self.t("briefing.matrix-caption", date=self.language.date(briefing.date)),
            "events": self._events(view.timeline),
            "figure": self._figure(view.timeline, fold=True),
            "sources": [
                self.words.linked(each, each.title)
                | {
                    "publisher": each.publisher,
                    "date": self.language.date(each.published),
                    "lang": self.language.name_of(each.lang),
                }
                for each in view.sources
            ],
        }

    def issue(self, view: Any) -> Data:
        issue, crowded = view.issue, bool(view.archive)
        return {
            "title": self.plain(issue.question),
            "topics": [self.plain(topic) for topic in issue.topics],
            "last": str(self.atlas.latest),
            "stops": [{"day": str(day), "words": self.language.day(day)} for day in view.stops],
            "verdicts": [
                self._when(each)
                | (
                    {
                        "summary": self.words.prose(each.key_point.summary),
                        "says": self.t("issue.says", date=self.language.date(each.briefing.date)),
                        "url": f"{page_url(each.briefing)}#{anchor(each.key_point)}",
                        "words": self.plain(each.briefing.title),
                    }
                    if each.key_point
                    else {}
                )
                for each in view.verdicts
            ],
            "answer": counted_answer(view.answer, self.language).unescape(),
            "camps": [
                {
                    "stance": stance,
                    "count": sum(entry.now for entry in entries),
                    "entries": [
                        self._when(entry)
                        | {
                            "id": self._statement(entry.view),
                            "here": view.place_of(entry.view).removeprefix("~/"),
                            "role": entry.role,
                        }
                        for entry in (entries[:MOST_LISTED] if crowded else entries)
                    ],
                }
                for stance, entries in view.camps
            ],
            "silent": [self._when(each) | self._party(each.party) for each in view.silent],
            "rows": [self._issue_row(row) for row in view.rows],
            "more": [self._statement(each) for each in view.more],
            "archive": self._volumes(view.archive),
            "lanes": [self._lanes(drawing) for drawing in draw_lanes(view.cells, self.language)] if view.cells else [],
            "lanes_title": self.t("lanes.title", question=self.plain(issue.question)),
            "neighbours": [
                self.words.linked(each.issue, each.issue.question)
                | {"camps": [self._counted_camp(camp) for camp in each.camps]}
                for each in view.neighbours
            ],
            "briefings": self.words.listed(view.briefings),
            "counts": {
                "positions": view.position_count,
                "first_hand": self.t("count.first-hand", count=view.first_hand),
                "holders": view.holder_count,
                "briefings": len(view.briefings),
            },
        } | self._folded_events(view.timeline, f"issue={issue.id}", page_url(issue))

    def actor(self, view: Any) -> Data:
        actor, t = view.actor, self.t
        counted = view.first_hand_count
        return {
            "title": self.plain(actor.name),
            "summary": self.words.prose(actor.description) if actor.description else "",
            "kind": t(f"kind-of.{actor.kind}"),
            "own": t("count.positions", count=counted) if counted else t("count.no-position"),
            "told_count": t("count.positions", count=view.told_count),
            "quotations": len(view.quotations),
            "aliases": ", ".join(name for name in actor.aliases if name != self.plain(actor.name)),
            "first_hand": [self._statement(each) for each in view.first_hand],
            "told_of": [self._statement(each) for each in view.told_of],
            "accords": [
                self.words.linked(accord.issue, accord.issue.short)
                | {
                    "own": accord.own.position.stance,
                    "how": accord.own.position.modality,
                    "sides": [
                        {
                            "label": t(f"actor.{name}"),
                            "unlike": name == "unlike",
                            "count": t("count.positions", count=len(others)) if accord.countless else "",
                            "others": [] if accord.countless else [self._statement(other) for other in others],
                        }
                        for name, others in (("alike", accord.alike), ("unlike", accord.unlike))
                    ],
                }
                for accord in view.accords
            ],
            "more": [self._statement(each) for each in view.more],
            "archive": self._volumes(view.archive),
            "earlier": [self._statement(each) for each in view.earlier],
            "unplaced": [self._quotation(each) for each in view.unplaced],
            "silent": [self.words.linked(each, each.question) for each in view.silent_on],
            "briefings": self.words.listed(view.briefings),
            "company": [self._party(each) for each in view.company],
        } | self._folded_events(view.timeline, f"actor=actor/{actor.id}", page_url(actor))

    def source(self, view: Any) -> Data:
        source, t = view.source, self.t
        return {
            "title": self.plain(source.title),
            "stand": t("count.quotations", count=len(view.passages)),
            "verified": t("source.verified", count=view.verified),
            "paraphrases": t("count.paraphrases", count=len(view.paraphrased)),
            "facts": [
                {"label": t(f"source.{label}"), "value": value}
                for label, value in (
                    ("kind", t(f"source-kind.{source.kind}")),
                    ("lang", self.language.name_of(source.lang)),
                    ("published", self.language.date(source.published)),
                    ("publisher", source.publisher or t("source.not-given")),
                    ("address", t("source.not-given")),
                    ("text", t(f"source-text.{source.text}")),
                )
            ],
            "text_digest": view.text_digest,
            "paragraph_digests": " ".join(f"{number}:{digest}" for number, digest in view.paragraph_digests.items()),
            "passages": [
                {
                    "id": self._quotation(quotation),
                    "label": t("source.passage", number=number),
                    "claims": [self._claim(claim) for claim in claims],
                }
                for number, (quotation, claims) in enumerate(view.passages, 1)
            ],
            "paraphrased": [
                self._claim(claim)
                | {
                    "paragraphs": " ".join(map(str, paragraphs)),
                    "places": ", ".join(
                        self._locator(item.locator)[2:]
                        for item in claim.evidence
                        if item.source is source and item.locator
                    ),
                }
                for claim, paragraphs in view.paraphrased
            ],
            "briefings": [
                self.words.linked(each, each.title) | {"date": self.language.date(each.date)} for each in view.briefings
            ],
        }

    def archive(self, view: Any) -> Data:
        turns = [
            {"sign": sign, "url": turn.url, "rel": rel, "words": turn.label}
            for sign, rel, turn in (("←", "prev", view.before), ("→", "next", view.after))
            if turn
        ]
        page = {
            "title": self.t("archive.of", what=self.plain(view.title), dates=view.label),
            "stand": view.stand,
            "way": view.way,
            "holds": view.holds,
            "back": {"url": view.back, "words": self.plain(view.title)},
            "turns": turns,
        }
        match view.holds:
            case "holder" | "both":
                return page | {"statements": [self._statement(each) for each in view.items]}
            case "actors":
                return page | {"groups": [self._actors(kind, parties) for kind, parties in view.items]}
            case "issues":
                return page | {"records": [self.words.linked(each, each.question) for each in view.items]}
        dated = [(each, each.published if view.holds == "sources" else each.date) for each in view.items]
        return page | {
            "records": [
                self.words.linked(each, each.title)
                | {
                    "publisher": each.publisher if view.holds == "sources" else "",
                    "date": self.language.date(date),
                }
                for each, date in dated
            ]
        }

    def _actors(self, kind: str, parties: Sequence[Any]) -> Data:
        counted = [
            self._party(party)
            | {"count": self.t("count.positions", count=count) if count else self.t("count.no-position")}
            for party, count in parties
        ]
        return {"kind": kind, "actors": counted}

    # ---- Records that stand aside

    def _statement(self, view: Any) -> str:
        position = view.position
        if position.id not in self.statements:
            kind = view.evidence[0].source.kind
            teller = view.said_by
            self.statements[position.id] = {
                "id": position.id,
                "anchor": view.anchor,
                "url": view.url,
                "holder": self._party(view.holder),
                "issue": {
                    "url": page_url(view.issue),
                    "short": self.plain(view.issue.short),
                    "question": self.plain(view.issue.question),
                },
                "stance": position.stance,
                "how": position.modality,
                "known": self.t(f"modality-by.{position.modality}", who="").strip(),
                "teller": {"url": teller.url, "words": self.t(f"the-source.{kind}")},
                "summary": self.words.prose(position.summary),
                "words": [self._quotation(each) for each in view.words],
                "evidence": self._evidence(view.evidence),
                "chain": [
                    {"label": self.t(f"chain.{link.relation}"), "mark": link.mark, **self._party(link.party)}
                    for link in view.chain
                ],
                "date": self.words.day(position.date),
                "dating": self._date_words(view),
                "permalink": self.t(
                    "evidence.permalink-to", what=self.t("briefing.position-of", name=self.plain(view.holder.name))
                ),
                "briefing": self.plain(view.briefing.title),
            }
        return str(position.id)

    def _quotation(self, view: Any) -> str:
        quotation = view.quotation
        if quotation.id not in self.quotations:
            self.quotations[quotation.id] = {
                "anchor": view.anchor,
                "quote": self.words.quoted(quotation.quote, view.source.lang),
                "speaker": self._party(view.speaker),
                "url": view.url,
                "source": f"{self.plain(view.source.title)}{self._locator(quotation.locator)}",
                "locator": self._locator(quotation.locator),
                "day": self.language.date(view.source.published),
                "check": f"{page_url(view.source)}#check",
                "briefing": f"{page_url(view.briefing)}#{view.anchor}",
            }
        return str(quotation.id)

    def _event(self, view: Any) -> str:
        event = view.event
        if event.id not in self.events:
            self.events[event.id] = {
                "anchor": view.anchor,
                "url": view.url,
                "title": self.plain(event.title),
                "date": self.words.day(event.date),
                "kind": self.t(f"event-kind.{event.kind}"),
                "actors": [self._party(party) for party in view.actors],
                "issues": [{"id": each.id, **self.words.linked(each, each.short)} for each in view.issues],
                "evidence": self._evidence(view.evidence),
                "permalink": self.t("evidence.permalink-to", what=self.plain(event.title)),
                "briefing": self.words.linked(view.briefing, view.briefing.title),
            }
        return str(event.id)

    # ---- Parts of pages

    def _party(self, party: Any) -> Data:
        return {"url": party.url, "words": self.plain(party.name)}

    def _when(self, shown: Any) -> Data:
        return {"when": shown.when, "now": shown.now}

    def _locator(self, where: Any) -> str:
        return f", {self.t(f'locator.{where.kind}', value=where.value)}" if where else ""

    def _evidence(self, items: Sequence[Any]) -> Data:
        independent = independent_sources(items)
        return {
            "items": [
                {"quotation": self._quotation(item.quotation)}
                if item.quotation
                else {
                    "url": item.url,
                    "words": f"{self.plain(item.source.title)}{self._locator(item.locator)}",
                    "day": self.language.date(item.source.published),
                }
                for item in items
            ],
            "independent": self.t("count.independent", count=independent) if independent > 1 else "",
        }

    def _date_words(self, view: Any) -> Data:
        position = view.position
        label = "date.derived" if position.date_basis == "derived" else "date.in-the-words"
        return {
            "label": self.t(label, words=""),
            "words": self.words.quoted(position.date_text, view.evidence[0].source.lang),
        }

    def _usual(self, view: Any) -> Data | None:
        if not view:
            return None
        note = self.t("briefing.unless-dated", date=self.language.date(view.position.date))
        return {"note": note, **self._date_words(view)}

    def _sequel(self, sequel: Any) -> Data | None:
        return sequel and {
            "date": self.t("briefing.sequel", date=self.language.date(sequel.briefing.date)),
            "url": f"{page_url(sequel.briefing)}#{anchor(sequel.answer)}",
            "words": self.plain(opening(sequel.answer.summary)),
        }

    def _named_camp(self, camp: Any) -> Data:
        label = self.t(f"stance.{camp.stance}")
        return {
            "stance": camp.stance,
            "marks": [view.position.modality for view in camp.positions[:12]],
            "label": label,
            "after": self.t("verdict.camp", stance=label).removeprefix(label),
            "tellings": [
                {
                    "names": ", ".join(self.plain(view.holder.name) for view in views),
                    "known": self.t(f"modality-by.{views[0].position.modality}", who="").strip(),
                    "how": views[0].position.modality,
                    "teller": self.t(f"the-source.{views[0].evidence[0].source.kind}"),
                }
                for views in camp.tellings
            ],
        }

    def _counted_camp(self, camp: Any) -> Data:
        several = len(camp.positions) > 1
        return {
            "stance": camp.stance,
            "marks": [view.position.modality for view in camp.positions[:12]],
            "counts": ", ".join(
                self.t(f"modality-count.{name}", count=count) if several else self.t(f"modality.{name}")
                for name, count in camp.modalities
            ),
        }

    def _briefing_row(self, view: Any, group: Sequence[Any]) -> Data:
        first = group[0]
        return {
            "id": self._statement(first),
            "group": [{"anchor": each.anchor, **self._party(each.holder)} for each in group],
            "dated": not view.is_usual(first),
            "words": [
                {
                    "id": self._quotation(words),
                    "here": view.places.get(words.quotation.id) == first.position.id,
                }
                for words in first.words
            ],
        }

    def _issue_row(self, row: Any) -> Data:
        past: Data | None = None
        if row.leads and row.cell.statements > 1:
            told = [view for view in row.cell.views if not view.position.withdrawn]
            past = {
                "count": self.t("count.statements", count=row.cell.statements),
                "years": row.cell.years,
                "told": [self._statement(view) for view in told[-MOST_PAST:]],
                "all": self.t("count.statements", count=len(told)) if len(told) > MOST_PAST else "",
                "url": row.cell.holder.url,
            }
        badges = [self._when(badge) | {"role": self.t(f"as-of.{badge.role}")} for badge in row.badges]
        return {"id": self._statement(row.view), **self._when(row), "badges": badges, "past": past}

    def _claim(self, claim: Any) -> Data:
        if claim.kind == "position":
            return {"statement": self._statement(claim)}
        if claim.kind == "other":
            return {"url": claim.url, "words": self.plain(claim.title)}
        event = claim.event
        return {"url": claim.url, "words": self.plain(event.title), "date": self.language.date(event.date)}

    def _matrix(self, matrix: Any, *, here: bool) -> Data:
        def shown(entry: Any) -> Data:
            place = f"#{entry.view.anchor}" if here else entry.view.url
            return self._when(entry) | {"id": self._statement(entry.view), "place": place, "role": entry.role}

        return {
            "issues": [self.words.linked(issue, issue.short) for issue in matrix.issues],
            "sparse": matrix.sparse,
            "groups": [
                {
                    "label": self.t(f"kind.{kind}"),
                    "rows": [
                        self._party(party)
                        | {
                            "cells": [
                                cell
                                and {
                                    "entries": [shown(entry) for entry in cell.visible],
                                    "silence": cell.silence and self._when(cell.silence),
                                }
                                for cell in cells
                            ]
                        }
                        for party, cells in rows
                    ],
                }
                for kind, rows in matrix.groups
            ],
            "silent": [self._party(party) for party in matrix.silent],
        }

    def _volumes(self, archive: Sequence[Any]) -> list[Data]:
        return [
            {
                "url": volume.url,
                "words": self.language.date(volume.dates),
                "count": self.language.number(len(volume.items)),
            }
            for volume in archive
        ]

    def _events(self, timeline: Any) -> Data:
        used = [each.glyph for each in timeline.occurrences]
        kinds = ("day", "derived", "about", "span", "open", "ahead", "cancelled")
        return {
            "rows": [{"id": self._event(each.view), "glyph": each.glyph} for each in timeline.occurrences],
            "key": [{"glyph": kind, "label": self.t(f"timeline.{kind}")} for kind in kinds if kind in used],
        }

    def _folded_events(self, timeline: Any, query: str, page: str) -> Data:
        left_out = timeline.left_out
        return {
            "events": self._events(timeline),
            "figure": self._figure(timeline, fold=False),
            "left_out": self.t("timeline.earlier", count=left_out) if left_out else "",
            "query": f"{TIMELINE}?{query}",
            "calendar": calendar_url(page) if timeline.in_calendar else "",
        }

    def _figure(self, timeline: Any, *, fold: bool) -> Data | None:
        figure = draw_events(timeline, self.language)
        if not figure:
            return None
        short = fold and len(timeline.views) <= 8

        def sketched(drawings: Sequence[Any]) -> list[Data]:
            return [self._sketch(sketch_timeline(drawing, timeline, self.language)) for drawing in drawings]

        return {
            "short": short,
            "folded": short or (fold and len(figure.stretches) == 1),
            "drawings": sketched(figure.drawings),
            "stretches": [
                {
                    "anchor": stretch.anchor,
                    "open": len(figure.stretches) == 1,
                    "label": self.t(
                        "timeline.stretch", dates=self.language.date(stretch.dates), count=len(stretch.items)
                    ),
                    "drawings": sketched(stretch.drawings),
                }
                for stretch in figure.stretches
            ],
            "left_out": self.t("timeline.left-out", count=figure.left_out) if figure.left_out else "",
        }

    def _sketch(self, sketch: Any) -> Data:
        return {
            "wide": sketch.wide,
            "width": unit(sketch.width),
            "height": unit(sketch.height),
            "ground": [_shape(each) for each in sketch.ground],
            "events": [
                {
                    "anchor": event.anchor,
                    "state": event.state,
                    "shapes": [_shape(each) for each in event.shapes],
                    "words": [_shape(each) for each in event.words],
                }
                for event in sketch.events
            ],
            "folds": [
                {"target": fold.target, "shapes": [_shape(each) for each in fold.shapes]} for fold in sketch.folds
            ],
        }

    def _lanes(self, drawing: Any) -> Data:
        return {
            "wide": drawing.wide,
            "width": str(drawing.width),
            "height": str(drawing.height),
            "columns": [
                {
                    "day": str(column.day),
                    "tick": _shape(column.tick),
                    "words": column.words and _shape(column.words),
                }
                for column in drawing.columns
            ],
            "lanes": [
                {
                    "row": _shape(lane.row),
                    "name": _shape(lane.name),
                    "segments": [_shape(each) for each in lane.segments],
                    "marks": [
                        {
                            "halo": _shape(mark.halo),
                            "x": unit(mark.x),
                            "y": unit(mark.y),
                            "stance": mark.stance,
                            "how": mark.modality,
                        }
                        for mark in lane.marks
                    ],
                }
                for lane in drawing.lanes
            ],
        }


def _shape(it: Any) -> Data:
    match it.kind:
        case "rect":
            sizes = {"w": unit(it.width), "h": unit(it.height)}
            return {"kind": it.kind, "look": it.look, "x": unit(it.x), "y": unit(it.y), **sizes}
        case "circle":
            return {"kind": it.kind, "look": it.look, "x": unit(it.x), "y": unit(it.y), "r": unit(it.radius)}
        case "path":
            return {"kind": it.kind, "look": it.look, "d": it.d, "transform": it.transform}
        case _:
            side = {"side": it.anchor} if it.anchor != "start" else {}
            return {"kind": "text", "look": it.look, "x": unit(it.x), "y": unit(it.y), "words": it.text, **side}
