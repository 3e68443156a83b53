"""Figures and places as rows of tables, each with where it comes from."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from stories.model.period import Period
from stories.wording.units import unit_texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from stories.model.atlas import Atlas, Figure, Place, Story, Texts
    from stories.model.division import Division

Row = dict[str, Any]

BOM = "\ufeff"
"""Tells Excel that a CSV file is UTF-8."""
STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so may be run by a spreadsheet."""


def figure_rows(atlas: Atlas, towns: Mapping[str, Division]) -> list[Row]:
    """Return a row per figure: first the county's, then the towns' in the atlas's order.

    Parameters
    ----------
    atlas
        The stories and their source.
    towns
        Divisions by slug.

    Returns
    -------
    list of dict
        All rows have the same keys in the same order. Missing values are None.
    """
    rows = [_row(atlas, figure, None, None) for figure in atlas.figures]
    for story in atlas.stories:
        town = towns.get(story.town)
        rows += [_row(atlas, figure, story, town) for figure in story.figures]
    return rows


def _row(atlas: Atlas, figure: Figure, story: Story | None, town: Division | None) -> Row:
    languages = atlas.languages
    place = town.names if town else atlas.place
    return {
        "atlas": atlas.id,
        "town": story.town if story else None,
        **text_columns("place", place, languages),
        "boundary_status": town.boundary_status if town else None,
        "figure": figure.id,
        **text_columns("label", figure.label, languages),
        "value": plain_number(figure.value),
        "unit": figure.unit.value,
        **text_columns("unit_name", unit_texts(figure.unit, languages), languages),
        "qualifier": figure.qualifier.value,
        "status": figure.status.value,
        **period_columns("period", figure.period),
        "baseline_value": plain_number(figure.baseline.value) if figure.baseline else None,
        "baseline_period": str(figure.baseline.period) if figure.baseline else None,
        "better": figure.better.value,
        **_origin(atlas, figure),
        **text_columns("note", figure.note, languages),
    }


def _origin(atlas: Atlas, figure: Figure) -> Row:
    """Say where a figure comes from: a passage of the atlas's source, another source, or us."""
    computed = figure.computed
    return {
        **_cited(atlas, figure),
        "computed": computed.formula.value if computed else None,
        "computed_from": " ".join(computed.from_) if computed else None,
    }


def _cited(atlas: Atlas, cited: Figure | Place) -> Row:
    passage = cited.passage
    source = cited.source or (atlas.source.title if passage else None)
    section = passage.section if passage else None
    return {
        **text_columns("source", source, atlas.languages),
        **text_columns("section", section, atlas.languages),
        "paragraph": passage.paragraph if passage else None,
        "quote": cited.quote,
    }


def place_rows(atlas: Atlas, towns: Mapping[str, Division]) -> list[tuple[str, Place, Row]]:
    """Return each place with its division's slug and what is said of it, in the towns' order.

    Where it lies is left to who knows about that: of a point the rows say how well it is known.
    """
    return [
        (town.slug, place, _place_row(atlas, town, place))
        for town in towns.values()
        for place in atlas.places_in(town.slug)
    ]


def _place_row(atlas: Atlas, town: Division, place: Place) -> Row:
    languages = atlas.languages
    return {
        "atlas": atlas.id,
        "town": town.slug,
        **text_columns("division", town.names, languages),
        "place": place.id,
        **text_columns("name", place.name, languages),
        **text_columns("kind", place.kind, languages),
        **text_columns("text", place.text, languages),
        "known": place.known.value,
        "within_m": place.within_m,
        "datum": place.datum.value if place.at else None,
        **text_columns("at_source", place.at_source, languages),
        **_cited(atlas, place),
        **text_columns("note", place.note, languages),
    }


def text_columns(key: str, texts: Texts | None, languages: Sequence[str]) -> dict[str, str | None]:
    """Return a column per language."""
    given = texts.root if texts else {}
    return {f"{key}_{lang}": given.get(lang) for lang in languages}


def period_columns(key: str, period: Period) -> Row:
    """Return a period as written, and its first and last day."""
    return {
        key: str(period),
        f"{key}_start": period.start.isoformat() if period.start else None,
        f"{key}_end": period.end.isoformat() if period.end else None,
    }


def plain_number(value: Decimal | Period | None) -> int | float | str | None:
    """Write a number as a number, as JSON and tables have them."""
    if value is None or isinstance(value, Period):
        return str(value) if value else None
    return int(value) if value == value.to_integral_value() else float(value)


def figures_csv(atlas: Atlas, towns: Mapping[str, Division]) -> str:
    """Return the figures as CSV that Excel opens with Chinese intact and runs nothing of."""
    return table_csv(figure_rows(atlas, towns))


def table_csv(rows: Sequence[Row]) -> str:
    """Return rows as CSV that Excel opens with Chinese intact and runs nothing of."""
    out = io.StringIO()
    out.write(BOM)
    heads = list(rows[0]) if rows else []
    table = csv.DictWriter(out, heads, lineterminator="\r\n")
    table.writeheader()
    table.writerows({key: escape_formula(value) for key, value in row.items()} for row in rows)
    return out.getvalue()


def escape_formula(value: object) -> object:
    """Put an apostrophe before text that a spreadsheet would take for a formula."""
    dangerous = isinstance(value, str) and value.lstrip().startswith(STARTS_FORMULA)
    return f"'{value}" if dangerous else value
