"""Figures, put into words for the panel: cards, before/after bars, and figures side by side."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from stories.model.atlas import Formula, Period, PeriodKind, Status
from stories.wording.figures import (
    baseline_text,
    change_text,
    computation_text,
    figure_text,
    passage_text,
    status_text,
    value_text,
)
from stories.wording.periods import period_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stories.model.atlas import Figure
    from stories.view.compare import Comparison, Entry
    from stories.view.context import ViewContext
    from stories.wording import Wording


@dataclass(frozen=True)
class Bar:
    """One bar of a before/after chart."""

    label: str
    value: str
    percent: int
    """Length in percent of the longer bar's; both start at zero."""


@dataclass(frozen=True)
class Card:
    """A figure, put into words."""

    id: str
    label: str
    value: str
    facts: tuple[str, ...]
    """Period and comparison, as far as the source gives them and the bars do not show them."""
    said: tuple[str, ...]
    """Status, period and comparison in full, also where the source leaves the period open."""
    bars: tuple[Bar, ...]
    """Before and after, where the figure has a baseline."""
    change: str | None
    """By how much it changed, and that this is our computation."""
    change_id: str | None
    """Id of the figure that is this change."""
    computed: str | None
    """Says so where the number itself is ours."""
    source_title: str
    source: tuple[str, ...]
    """Where the number comes from and what is open about it."""
    quote: str | None
    """The source's own words, in the source's language."""
    link_words: str
    """What the link to the card itself is."""

    @property
    def figures(self) -> tuple[str, ...]:
        """Ids of the figures that the card shows."""
        return (self.id, self.change_id) if self.change_id else (self.id,)


def figure_cards(context: ViewContext, figures: Sequence[Figure]) -> Iterator[Card]:
    """Put figures into words; a change that we computed goes onto the card it belongs to."""
    changes = {of: figure for figure in figures if (of := _changed_figure(figure))}
    for figure in figures:
        if not _changed_figure(figure):
            yield _card(context, figure, figures, changes.get(figure.id))


def _changed_figure(figure: Figure) -> str | None:
    """Id of the figure whose change this one is, if it is that."""
    computed = figure.computed
    if computed is None or computed.formula is not Formula.PERCENT_CHANGE:
        return None
    return computed.from_[0]


def _card(
    context: ViewContext, figure: Figure, among: Sequence[Figure], change: Figure | None = None
) -> Card:
    wording = context.wording
    bars = _bars(figure, wording)
    period, baseline = period_text(figure.period, wording), baseline_text(figure, wording)
    status = None if figure.computed else status_text(figure.status, wording)
    is_told = figure.period in {figure.value, Period.of(PeriodKind.UNSTATED)}
    source = list(_source_lines(context, figure, among))
    if change:
        source.extend(_source_lines(context, change, among))
    label = figure.label.get(context.lang, context.order)
    return Card(
        id=figure.id,
        label=label,
        value=figure_text(figure, wording),
        facts=tuple(filter(None, (None if is_told else period, None if bars else baseline))),
        said=tuple(filter(None, (status, period, baseline))),
        bars=bars,
        change=_change(figure, wording) if change else None,
        change_id=change.id if change else None,
        computed=wording.text("panel.computed") if figure.computed else None,
        source_title=wording.text("panel.passage"),
        source=tuple(source),
        quote=wording.text("panel.quote", words=figure.quote) if figure.quote else None,
        link_words=wording.text("scene.figure_link", label=label),
    )


def _change(figure: Figure, wording: Wording) -> str:
    mark = wording.text("panel.computed")
    return wording.text("figure.with_status", value=change_text(figure, wording), status=mark)


def _bars(figure: Figure, wording: Wording) -> tuple[Bar, ...]:
    baseline = figure.baseline
    if baseline is None or baseline.value is None or not isinstance(figure.value, Decimal):
        return ()
    longest = max(abs(baseline.value), abs(figure.value)) or 1
    pairs = {
        "before": (baseline.value, baseline.period),
        "after": (figure.value, figure.period),
    }
    return tuple(
        Bar(
            label=period_text(period, wording) if period.start else wording.text(f"period.{when}"),
            value=value_text(value, figure.unit, wording),
            percent=round(abs(value) / longest * 100),
        )
        for when, (value, period) in pairs.items()
    )


def ledger_note(context: ViewContext, figures: Sequence[Figure]) -> str:
    """Say once, above a list of figures, what none of their cards says by itself."""
    statuses = {figure.status for figure in figures if not figure.computed}
    is_mixed = Status.REPORTED in statuses and len(statuses) > 1
    is_undated = any(figure.period.start is None for figure in figures)
    wording = context.wording
    notes = [wording.text("panel.as_reported")] if is_mixed else []
    notes += [wording.text("panel.undated")] if is_undated else []
    return wording.sentences(notes)


def _source_lines(context: ViewContext, figure: Figure, among: Sequence[Figure]) -> Iterator[str]:
    wording, order = context.wording, context.order
    if figure.passage:
        yield passage_text(figure.passage, wording)
    if figure.source:
        yield figure.source.get(context.lang, order)
    if computation := computation_text(figure, among, wording):
        yield computation
    if figure.note:
        yield figure.note.get(context.lang, order)


def comparison_rows(context: ViewContext, comparison: Comparison) -> dict[str, Any]:
    """Put figures side by side, or say why they are not."""
    wording = context.wording
    largest = max((abs(_number(entry)) for entry in comparison.entries), default=Decimal(0)) or 1
    rows = [
        {
            "town": context.town_name(entry.town),
            "label": entry.figure.label.get(context.lang, context.order),
            "value": figure_text(entry.figure, wording),
            "period": period_text(entry.figure.period, wording)
            if entry.figure.period.start
            else "",
            "percent": round(abs(_number(entry)) / largest * 100),
        }
        for entry in comparison.entries
    ]
    alike = comparison.kind is not None
    return {"alike": alike, "rows": rows, "why": None if alike else wording.text("compare.unlike")}


def _number(entry: Entry) -> Decimal:
    assert isinstance(entry.figure.value, Decimal)
    return entry.figure.value
