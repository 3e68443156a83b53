"""Divisions at several dates, and what changed between them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.build.attributes import described
from geo.build.dated_attributes import attributes_on
from geo.build.membership import NAME, memberships
from geo.build.pieces import is_whole, joined, pieces, same, with_neighbours
from geo.build.progress import silent
from geo.build.reconstruct import reconstruct
from geo.build.reorganise import refuse_claims
from geo.coverage.changes import changes
from geo.coverage.distance import deviation
from geo.coverage.validate import check_boundaries
from geo.crs.projection import WGS84
from geo.errors import FaultsError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from pydantic import JsonValue

    from geo.build.membership import Membership
    from geo.build.progress import Stage
    from geo.build.reconstruct import Report

CHANGED_STATUS = "reconstructed"
"""Of land that changed hands: that it did is inferred from lists, and its lines from points."""


@dataclass(frozen=True, eq=False)
class Divisions:
    """Divisions that were the same on one date or on several in a row."""

    since: dt.date
    """The first of these dates."""
    is_today: bool
    frame: gpd.GeoDataFrame
    """As `geo.files.boundaries.load_boundaries` accepts it."""
    report: Report
    """What their reconstruction did."""
    largest_distance: float
    """Metres between the written lines and the unsimplified ones, at most, either way."""


@dataclass(frozen=True, eq=False)
class OnDate:
    """One date of a list."""

    divisions: Divisions
    membership: Membership

    @property
    def date(self) -> dt.date:
        """Day of the list."""
        return self.membership.date

    def measures(self) -> dict[str, JsonValue]:
        """Give the figures as a provenance record has them."""
        report, members = self.divisions.report, self.membership
        was_not = {*members.carried, *members.unknown}
        return members.measures() | {
            "listed_villages_without_point": [v for v in report.without_point if v not in was_not],
            "outline_on_old_lines_percent": {
                code: round(100 * length / report.outline_km[code], 1)
                for code, length in report.old_line_km.items()
            },
            "largest_distance_from_unsimplified_lines_m": round(self.divisions.largest_distance, 1),
        }


@dataclass(frozen=True, eq=False)
class Dated:
    """All dates, and what changed between them."""

    dates: tuple[OnDate, ...]
    """In time order."""
    changes: gpd.GeoDataFrame
    """As `geo.coverage.changes` gives it, with the last date before (`since`), the first after
    (`until`) and `boundary_status`; empty where nothing changed."""
    today: gpd.GeoDataFrame
    """Today's divisions; as they were given, unless they are drawn anew."""
    is_drawn_anew: bool
    """Whether today's lines have further vertices, where earlier lines meet them."""


@dataclass(frozen=True, eq=False)
class Sources:
    """What the divisions of every date are computed from."""

    old: gpd.GeoDataFrame
    """The old coverage, as for `geo.build.reconstruct.reconstruct`."""
    points: gpd.GeoDataFrame
    """Village points, as for the same."""
    villages: pd.DataFrame
    """All of today's villages by code: `division`, and `name` where they have one."""
    lists: Mapping[dt.date, pd.DataFrame]
    """Villages by date, as `geo.build.membership.read_lists` gives them."""
    today: gpd.GeoDataFrame
    """What `geo.build.reorganise.reorganise` made of the same with the same tolerance."""
    differing: pd.DataFrame
    """Properties of divisions on earlier dates, see `geo.build.dated_attributes`."""
    tolerance: float = 0.0
    """Simplification in metres."""


def reorganise_dates(sources: Sources, *, name: str = "result", stage: Stage = silent) -> Dated:
    """Compute the divisions of every date, on the lines of today's.

    Parameters
    ----------
    sources
        What they are computed from.
    name
        The result, as messages name it.
    stage
        Told what is being done, for whoever waits.

    Raises
    ------
    RequestError
        When lists, points and today's divisions do not fit together, or a status claims too much.
    FaultsError
        When a division of an earlier date lacks what it needs.
    """
    stage("matching villages")
    found = memberships(sources.villages, sources.lists)
    days = [each.date for each in found]
    known = pd.concat([each.division for each in found], axis=1, keys=days)
    ways = with_neighbours(known, sources.points)
    first = _first_dates(ways, days)
    begun = list(dict.fromkeys(first.values()))
    stage("dividing")
    land = pieces(sources.old, sources.points, ways[begun], sources.today, sources.tolerance)
    is_new = not is_whole(land, sources.today)
    if is_new:
        sources = replace(sources, today=_drawn_anew(sources.today, joined(land, begun[-1])))
    made: dict[dt.date, Divisions] = {}
    for day in begun:
        stage(f"drawing {day}")
        is_today = day == begun[-1]
        members = known[day].fillna(ways[day]).fillna("")
        made[day] = _divisions(sources, land, members, day, is_today=is_today, name=name)
    stage("comparing dates")
    dates = tuple(OnDate(made[first[each.date]], each) for each in found)
    return Dated(dates, _all_changes(dates, _named(sources)), sources.today, is_new)


def _drawn_anew(today: gpd.GeoDataFrame, shapes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give today's divisions the lines of their pieces."""
    attributes = pd.DataFrame(
        today.set_index("code").drop(columns=["area_km2", "label_point", "geometry"])
    )
    return described(shapes.loc[attributes.index], attributes).reset_index(drop=True)


def _first_dates(ways: pd.DataFrame, days: Sequence[dt.date]) -> dict[dt.date, dt.date]:
    """Give the first of the dates in a row on which every village belonged where it did."""
    first = {days[0]: days[0]}
    for before, day in pairwise(days):
        first[day] = first[before] if ways[before].equals(ways[day]) else day
    return first


def _divisions(  # noqa: PLR0913
    sources: Sources,
    land: gpd.GeoDataFrame,
    members: pd.Series[str],
    day: dt.date,
    *,
    is_today: bool,
    name: str,
) -> Divisions:
    """Make the divisions of one date from the pieces."""
    exact, report = reconstruct(sources.old, sources.points, members)
    frame = sources.today if is_today else _drawn(sources, land, day, report, name)
    lines, exact_lines = (
        shapely.union_all(each.boundary.to_numpy()) for each in (frame.to_crs(exact.crs), exact)
    )
    distances = (deviation(lines, exact_lines), deviation(exact_lines, lines))
    largest = float(np.max(np.concatenate(distances)))
    return Divisions(day, is_today, frame, report, largest)


def _drawn(
    sources: Sources, land: gpd.GeoDataFrame, day: dt.date, report: Report, name: str
) -> gpd.GeoDataFrame:
    """Join the pieces of an earlier date, and give them their properties."""
    shapes = joined(land, day)
    now = sources.today.set_index("code").geometry
    unchanged = [
        code
        for code in shapes.index.intersection(now.index)
        if same(shapes.geometry[code], now[code])
    ]
    shapes.loc[unchanged, "geometry"] = now[unchanged]  # the rings begin where they do today
    attributes = attributes_on(day, shapes.index, unchanged, sources.today, sources.differing)
    refuse_claims(attributes, report)
    frame = described(shapes.loc[attributes.index], attributes).reset_index(drop=True)
    if faults := check_boundaries(frame):
        raise FaultsError(f"{name} on {day}", faults)
    return frame


def _named(sources: Sources) -> gpd.GeoDataFrame:
    """Give the village points with code and name, where they have one."""
    points = sources.points.to_crs(WGS84).geometry
    names = sources.villages.reindex(columns=[NAME], index=points.index)[NAME]
    table = {"code": points.index, "name": names.to_numpy()}
    return gpd.GeoDataFrame(table, geometry=points.to_numpy(), crs=WGS84)


def _all_changes(dates: tuple[OnDate, ...], villages: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Find what changed between each date and the next."""
    steps = []
    for before, after in pairwise(dates):
        if before.divisions is not after.divisions:
            step = changes(before.divisions.frame, after.divisions.frame, villages)
            steps.append(step.assign(since=str(before.date), until=str(after.date)))
    none = changes(dates[-1].divisions.frame, dates[-1].divisions.frame, villages)
    rows = pd.concat(steps) if steps else none.assign(since="", until="")
    rows = rows.assign(boundary_status=CHANGED_STATUS).reset_index(drop=True)
    shape = rows.pop("geometry")
    return gpd.GeoDataFrame(rows, geometry=shape.to_numpy(), crs=WGS84)
