"""The words of a drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stories.graphics.shapes import Paint
from stories.model.atlas import Period, PeriodKind, Status
from stories.wording.figures import change_text, figure_text, qualified_text, status_text
from stories.wording.periods import period_text

if TYPE_CHECKING:
    from stories.graphics.flow import Flow
    from stories.model.atlas import Figure, Graphic, GraphicGroup
    from stories.wording import Wording

_BETWEEN = " :：,，–—-·"


def label_of(named: Figure | GraphicGroup, wording: Wording) -> str:
    """Name a figure or a group of them."""
    return named.label.get(wording.lang, wording.order)


def title_of(graphic: Graphic, wording: Wording) -> str:
    """Say what a graphic shows."""
    return graphic.title.get(wording.lang, wording.order)


def label_within(figure: Figure, group: GraphicGroup | None, wording: Wording) -> str:
    """Name a figure below the heading of its group, without saying that a second time."""
    label = label_of(figure, wording)
    if group is None:
        return label
    heading = label_of(group, wording)
    rest = label.removeprefix(heading).lstrip(_BETWEEN)
    if not label.startswith(heading) or not rest:
        return label
    return capitalised(rest)


def when(period: Period, wording: Wording) -> str:
    """Name a period; nothing where it is not stated."""
    return "" if period.start is None else period_text(period, wording)


def capitalised(words: str) -> str:
    """Begin words with a capital letter, as a heading does; there are none in Chinese."""
    return words[:1].upper() + words[1:]


def value_words(figure: Figure, wording: Wording) -> str:
    """Write a figure's number, and say so where it is ours and not the source's."""
    value = figure_text(figure, wording)
    if figure.computed is None:
        return value
    mark = wording.text("panel.computed")
    return wording.text("figure.with_status", value=value, status=mark)


def change_phrase(figure: Figure, wording: Wording) -> str:
    """Say how a figure changed, and that we computed it; nothing where a percentage misleads."""
    change, before = change_text(figure, wording), figure.baseline and figure.baseline.value
    if change is None or not before or isinstance(figure.value, Period):
        return ""
    if before * figure.value < 0:  # from a loss to a profit is no number of percent
        return ""
    mark = wording.text("panel.computed")
    return wording.text("figure.with_status", value=change, status=mark)


def kind_heading(kind: PeriodKind, wording: Wording) -> str:
    """Name a kind of period, above bars that share it."""
    if kind is PeriodKind.UNSTATED:
        return wording.text("period.unstated")
    return wording.text(f"graphic.kind_{kind}")


def same_scale_note(flow: Flow, wording: Wording) -> None:
    """Say below a drawing that not all of its bars may be held against each other."""
    flow.y += 12
    flow.words(wording.text("graphic.scales"), flow.sizes.small, paint=Paint.MUTED)


def part_phrase(part: Figure, whole: Figure, wording: Wording) -> str:
    """Say how many of how many, with the words of the unit once: ``7 of 9 firms``."""
    some, every = qualified_text(part, wording), qualified_text(whole, wording)
    words, last = some.split(" "), every.split(" ")
    while len(words) > 1 and last and words[-1] == last[-1]:
        del words[-1], last[-1]
    said = wording.text("graphic.part_of", part=" ".join(words), whole=every)
    if part.status is Status.REPORTED:
        return said
    status = status_text(part.status, wording)
    return wording.text("figure.with_status", value=said, status=status)
