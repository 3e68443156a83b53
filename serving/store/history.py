"""The dates of a boundary set, as the stories are told of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.coverage.validate import properties_of
from stories.model.division import Division
from stories.model.history import BoundaryHistory, LandChange
from stories.model.text import Texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import geopandas as gpd

    from geo.files.dates import DatedDivisions

_NAME = "name_"


def history_of(
    dated: Iterable[DatedDivisions],
    changes: gpd.GeoDataFrame | None,
    villages: Mapping[str, Texts],
    languages: Sequence[str],
) -> BoundaryHistory:
    """Return the names and facts of a boundary set's dates.

    Parameters
    ----------
    dated
        Its divisions on each date, in time order; nothing, or a single date, is no history.
    changes
        Land that changed hands, as `geo.coverage.changes` finds it.
    villages
        Names of villages by their codes; of others the names stand that `changes` has.
    languages
        Those of the atlas; the names in `changes` are in the first.
    """
    on_dates = {each.date.isoformat(): each for each in dated}
    if len(on_dates) < 2:  # noqa: PLR2004  # only today's
        return BoundaryHistory()
    rows = [] if changes is None else properties_of(changes)
    found = sorted(
        (_change(row, villages, languages[0]) for row in rows), key=lambda each: each.since
    )
    divisions = {date: _divisions(each) for date, each in on_dates.items()}
    return BoundaryHistory(tuple(on_dates), divisions, tuple(found))


def village_names(villages: gpd.GeoDataFrame | None) -> dict[str, Texts]:
    """Return the names of the villages of a boundary set by their codes, where it has them."""
    rows = [] if villages is None else properties_of(villages)
    return {
        str(row["code"]): Texts(names) for row in rows if "code" in row and (names := _names(row))
    }


def _names(row: Mapping[str, Any]) -> dict[str, str]:
    return {
        key.removeprefix(_NAME).replace("_", "-"): str(value)
        for key, value in row.items()
        if key.startswith(_NAME)
    }


def _divisions(dated: DatedDivisions) -> dict[str, Division]:
    rows = properties_of(dated.divisions)
    return {row["slug"]: Division.from_properties(row["slug"], row) for row in rows}


def _change(row: Mapping[str, Any], villages: Mapping[str, Texts], lang: str) -> LandChange:
    names, codes = (list(row.get(key, ())) for key in ("villages", "village_codes"))
    known = [villages[code] for code in codes if code in villages]
    said = known if codes and len(known) == len(codes) else [Texts({lang: each}) for each in names]
    return LandChange(
        since=row["since"],
        until=row["until"],
        from_slug=row["from_slug"],
        to_slug=row["to_slug"],
        area_km2=row.get("area_km2"),
        villages=tuple(said),
        boundary_status=row.get("boundary_status", "unknown"),
    )
