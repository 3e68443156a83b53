"""The dates of a boundary set, as the stories are told of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.coverage.validate import properties_of
from stories.model.division import Division
from stories.model.history import BoundaryHistory, LandChange
from stories.model.text import Texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import geopandas as gpd

    from geo.files.dates import DatedDivisions

VILLAGES = "villages"
"""Names on a piece of land; with a language behind it (`villages_en`), in that language."""


def history_of(
    dated: Iterable[DatedDivisions], changes: gpd.GeoDataFrame | None, languages: Sequence[str]
) -> BoundaryHistory:
    """Return the names and facts of a boundary set's dates.

    Parameters
    ----------
    dated
        Its divisions on each date, in time order; nothing, or a single date, is no history.
    changes
        Land that changed hands, as `geo.coverage.changes` finds it.
    languages
        Those of the atlas, for which names of villages are looked up.
    """
    on_dates = {each.date.isoformat(): each for each in dated}
    if len(on_dates) < 2:  # noqa: PLR2004  # only today's
        return BoundaryHistory()
    rows = [] if changes is None else properties_of(changes)
    found = sorted((_change(row, languages) for row in rows), key=lambda each: each.since)
    divisions = {date: _divisions(each) for date, each in on_dates.items()}
    return BoundaryHistory(tuple(on_dates), divisions, tuple(found))


def _divisions(dated: DatedDivisions) -> dict[str, Division]:
    rows = properties_of(dated.divisions)
    return {row["slug"]: Division.from_properties(row["slug"], row) for row in rows}


def _change(row: Mapping[str, Any], languages: Sequence[str]) -> LandChange:
    known = {key: row[key] for key in LandChange.model_fields if key in row and key != VILLAGES}
    return LandChange.model_validate({**known, VILLAGES: tuple(_villages(row, languages))})


def _villages(row: Mapping[str, Any], languages: Sequence[str]) -> Iterator[Texts]:
    """Name the villages in every language that the file has for them."""
    names = {lang: row.get(f"{VILLAGES}_{lang.replace('-', '_')}") for lang in languages}
    named = {lang: list(each) for lang, each in names.items() if each is not None}
    if not named and row.get(VILLAGES) is not None:
        named = {languages[0]: list(row[VILLAGES])}
    for place in range(max(map(len, named.values()), default=0)):
        yield Texts({lang: each[place] for lang, each in named.items() if place < len(each)})
