"""Graphics of figures of several towns: their figures by name, and each town named with its own.

Pure, as `stories.view.panel`. To a drawing the towns are groups, or stand in the labels.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stories.graphics import graphic_rows
from stories.model.atlas import GraphicForm, GraphicGroup, Texts
from stories.model.scene import COUNTY
from stories.view.announced import card_of
from stories.view.cards import figure_cards
from stories.view.graphics import drawn_graphic
from stories.view.ledger import Group, ledger
from stories.view.taking import COUNTY_TONE
from stories.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stories.model.atlas import Figure, Graphic
    from stories.view.context import ViewContext
    from stories.view.graphics import DrawnGraphic
    from stories.view.ledger import Ledger

_WITH_HEADINGS = {GraphicForm.STATUSES, GraphicForm.DATES}
"""Forms in which each town has a heading of its own."""


@dataclass(frozen=True)
class JointRow:
    """A figure in the table of such a graphic."""

    place: str
    """Name of the town, or of the county."""
    town: str
    """Slug of the town; empty for the county's own."""
    label: str
    value: str
    said: str
    """When it held, and what it is compared with."""
    address: str
    """Where its card is: query and anchor."""


@dataclass(frozen=True)
class JointGraphic:
    """A graphic of several towns as the overview shows it."""

    drawn: DrawnGraphic
    rows: tuple[JointRow, ...]


def joint_graphics(context: ViewContext) -> list[JointGraphic]:
    """Draw the atlas's own graphics for the overview."""
    return [_joint(context, graphic) for graphic in context.atlas.graphics]


def named_figures(context: ViewContext, graphic: Graphic) -> dict[str, tuple[str | None, Figure]]:
    """Return the figures that a graphic draws with their towns, by the names that it has for them.

    A figure of the county's own has no town.
    """
    found: dict[str, tuple[str | None, Figure]] = {}
    for name in graphic.drawn:
        town, _, figure_id = name.rpartition("/")
        figures = {figure.id: figure for figure in context.atlas.figures_of(town or None)}
        found[name] = (town or None, figures[figure_id])
    return found


def with_places(context: ViewContext, graphic: Graphic) -> tuple[Graphic, list[Figure]]:
    """Return a graphic whose towns are its groups, or are named with its figures, and these."""
    named = named_figures(context, graphic)
    towns = list(dict.fromkeys(town for town, _ in named.values()))
    is_grouped = graphic.form in _WITH_HEADINGS and not graphic.groups and len(named) > 1
    figures = [figure.model_copy(update={"id": name}) for name, (_, figure) in named.items()]
    if is_grouped:
        groups = tuple(
            GraphicGroup(
                label=_place(context, town),
                figures=tuple(name for name, (of, _) in named.items() if of == town),
            )
            for town in towns
        )
        return graphic.model_copy(update={"figures": (), "groups": groups}), figures
    if len(towns) > 1 or len(named) == 1:
        figures = [
            figure.model_copy(update={"label": _of_place(context, named[figure.id][0], figure)})
            for figure in figures
        ]
    return graphic, figures


def joint_ledger(context: ViewContext, graphic: Graphic) -> Ledger | None:
    """Return the table of the figures that it draws and what they rest on, town by town."""
    named = named_figures(context, graphic)
    title, groups = context.wording.text("ledger.data"), []
    for town in dict.fromkeys(town for town, _ in named.values()):
        drawn = {figure.id for of, figure in named.values() if of == town}
        figures = context.atlas.figures_of(town)
        cards = [
            replace(card, id=f"{town or COUNTY}.{card.id}")
            for card in figure_cards(context, figures, town)
            if drawn.intersection(card.figures)
        ]
        shown = [figure for figure in figures if figure.id in drawn]
        groups.append((_place(context, town).get(context.lang, context.order), shown, cards))
    made = ledger(context, groups)
    return replace(made, groups=(Group(title, "", ()), *made.groups)) if made else None


def _joint(context: ViewContext, graphic: Graphic) -> JointGraphic:
    shown, figures = with_places(context, graphic)
    drawn = drawn_graphic(context, shown, figures, town=COUNTY, tone=COUNTY_TONE)
    return JointGraphic(drawn, tuple(_rows(context, graphic, figures)))


def _rows(context: ViewContext, graphic: Graphic, figures: Sequence[Figure]) -> Iterator[JointRow]:
    """Say in a table what the graphic shows; each row leads to its figure's card."""
    named = named_figures(context, graphic)
    for row in graphic_rows(graphic, figures, context.wording):
        town, figure = named[row.figure]
        said = (row.period, row.baseline, row.change)
        yield JointRow(
            place=_place(context, town).get(context.lang, context.order),
            town=town or "",
            label=figure.label.get(context.lang, context.order),
            value=row.value,
            said=context.wording.text("graphic.joined").join(filter(None, said)),
            address=f"{context.address_of(town)}#figure-{card_of(figure)}",
        )


def _place(context: ViewContext, town: str | None) -> Texts:
    return context.towns[town].names if town else context.atlas.place


def _of_place(context: ViewContext, town: str | None, figure: Figure) -> Texts:
    """Name a figure with its town, in each language of the atlas."""
    order, place = context.order, _place(context, town)
    return Texts(
        {
            lang: Wording.of(context.atlas, lang).text(
                "graphic.in_group",
                group=place.get(lang, order),
                label=figure.label.get(lang, order),
            )
            for lang in context.atlas.languages
        }
    )
