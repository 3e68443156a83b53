"""What the stories announce and their source leaves open: forecasts, targets and plans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from stories.model.atlas import Formula, Period, Status
from stories.wording.figures import qualified_text, status_text
from stories.wording.periods import due_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from stories.model.atlas import Atlas, Figure
    from stories.view.context import ViewContext


@dataclass(frozen=True)
class Announcement:
    """A figure that had not happened when the source was printed."""

    town: str
    """Slug of the town."""
    figure: Figure

    @property
    def due(self) -> Period:
        """When it is to be so: the date that is announced, else the figure's period."""
        value = self.figure.value
        return value if isinstance(value, Period) else self.figure.period


def announcements(atlas: Atlas) -> list[Announcement]:
    """Return what the stories announce, by the end of its time; what has none comes last."""
    found = [
        Announcement(story.town, figure)
        for story in atlas.stories
        for figure in story.figures
        if figure.status is not Status.REPORTED
    ]
    return sorted(found, key=lambda each: (each.due.end is None, each.due.end or 0))


def announced(context: ViewContext) -> list[dict[str, Any]]:
    """Put what is announced into words, in up to three groups: passed, ahead, and undated.

    What has become of it is never said: the source cannot know.
    """
    groups: dict[str, list[Announcement]] = {"passed": [], "ahead": [], "undated": []}
    for each in announcements(context.atlas):
        groups[_group(each.due.end, context.today)].append(each)
    return [
        {
            "note": context.wording.text(f"announced.{name}"),
            "rows": list(_rows(context, group)),
        }
        for name, group in groups.items()
        if group
    ]


def _group(due: date | None, today: date) -> str:
    if due is None:
        return "undated"
    return "passed" if due < today else "ahead"


def _rows(context: ViewContext, group: Iterable[Announcement]) -> Iterable[dict[str, str]]:
    for each in group:
        figure, due = each.figure, due_text(each.due, context.wording)
        is_date = each.due == figure.value
        yield {
            "town": each.town,
            "name": context.town_name(each.town),
            "label": figure.label.get(context.lang, context.order),
            "said": context.wording.text(
                "announced.said",
                status=status_text(figure.status, context.wording),
                value=due if is_date else qualified_text(figure, context.wording),
            ),
            "due": "" if is_date else due,
            "address": f"{context.address_of(each.town)}#figure-{card_of(figure)}",
        }


def card_of(figure: Figure) -> str:
    """Return the id of the figure on whose card this one stands."""
    computed = figure.computed
    is_change = computed is not None and computed.formula is Formula.PERCENT_CHANGE
    return computed.from_[0] if computed and is_change else figure.id
