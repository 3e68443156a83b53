"""Figures, put into words for the panel: cards, and their bars."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from stories.model.atlas import Formula, PeriodKind, Status
from stories.view.taking import take_figure
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
    from stories.view.context import ViewContext
    from stories.view.taking import Taking
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
    period: str | None
    """When it held, as far as the source says and the value does not."""
    is_undated: bool
    """Whether the source leaves the period open."""
    baseline: str | None
    """What the source compares it with."""
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
    taking: Taking | None
    """Where the figure's graphic is to be had; none where there are no routes."""

    @property
    def facts(self) -> tuple[str, ...]:
        """Period and comparison, as far as the bars do not show them."""
        return tuple(filter(None, (self.period, None if self.bars else self.baseline)))

    @property
    def figures(self) -> tuple[str, ...]:
        """Ids of the figures that the card shows."""
        return (self.id, self.change_id) if self.change_id else (self.id,)


def figure_cards(
    context: ViewContext, figures: Sequence[Figure], town: str | None = None
) -> Iterator[Card]:
    """Put figures into words; a change that we computed goes onto the card it belongs to.

    Parameters
    ----------
    context
        The reader's view.
    figures
        Figures of one file.
    town
        Slug of the town whose story has them; none for the county's own.
    """
    changes = {of: figure for figure in figures if (of := _changed_figure(figure))}
    for figure in figures:
        if not _changed_figure(figure):
            yield _card(context, figure, figures, changes.get(figure.id), town)


def _changed_figure(figure: Figure) -> str | None:
    """Id of the figure whose change this one is, if it is that."""
    computed = figure.computed
    if computed is None or computed.formula is not Formula.PERCENT_CHANGE:
        return None
    return computed.from_[0]


def _card(
    context: ViewContext,
    figure: Figure,
    among: Sequence[Figure],
    change: Figure | None,
    town: str | None,
) -> Card:
    wording = context.wording
    period, baseline = period_text(figure.period, wording), baseline_text(figure, wording)
    status = None if figure.computed else status_text(figure.status, wording)
    is_undated = figure.period.kind is PeriodKind.UNSTATED
    is_told = is_undated or figure.period == figure.value
    source = list(_source_lines(context, figure, among))
    if change:
        source.extend(_source_lines(context, change, among))
    label = figure.label.get(context.lang, context.order)
    return Card(
        id=figure.id,
        label=label,
        value=figure_text(figure, wording),
        period=None if is_told else period,
        is_undated=is_undated,
        baseline=baseline,
        said=tuple(filter(None, (status, period, baseline))),
        bars=_bars(figure, wording),
        change=_change(figure, wording) if change else None,
        change_id=change.id if change else None,
        computed=wording.text("panel.computed") if figure.computed else None,
        source_title=wording.text("panel.passage"),
        source=tuple(source),
        quote=wording.text("panel.quote", words=figure.quote) if figure.quote else None,
        link_words=wording.text("scene.figure_link", label=label),
        taking=take_figure(context, town, figure.id, label),
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
