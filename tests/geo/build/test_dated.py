"""Divisions of several dates, drawn on one set of lines."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.build.dated import Sources, reorganise_dates
from geo.build.dated_attributes import check_differing
from geo.build.membership import read_lists
from geo.build.reorganise import default_attributes, reorganise
from geo.coverage.distance import segments
from geo.coverage.validate import check_boundaries
from geo.errors import FaultsError, RequestError

if TYPE_CHECKING:
    from collections.abc import Sequence

DAYS = [dt.date(2018, 10, 31), dt.date(2019, 10, 31), dt.date(2020, 6, 30)]
EDGE = [(119.9 + 0.3 * t, 30.05 + 0.003 * np.sin(200 * t)) for t in np.linspace(0, 1, 300)]
"""A line between two old polygons with more vertices than are drawn."""
SEATS = [(120.01 + 0.013 * (n % 4), 30.012 + 0.031 * (n // 4) + 0.002 * (n % 3)) for n in range(12)]
COUNTY = shapely.Polygon(
    [
        (120.03 + (0.04 + 0.001 * np.sin(90 * a)) * np.cos(a), 30.05 + 0.06 * np.sin(a))
        for a in np.linspace(0, 2 * np.pi, 400)[:-1]
    ]
)
"""Its outline winds as rivers and ridges do."""
VILLAGES = [f"v{n:02}" for n in range(len(SEATS))]
OWNERS = st.lists(st.sampled_from("ABCD"), min_size=12, max_size=12)
TOLERANCE = 60.0


def old_polygons(*, straight: bool = False) -> gpd.GeoDataFrame:
    """Two old divisions in a round county, or in one with four corners."""
    county = shapely.box(120, 30, 120.06, 30.1) if straight else COUNTY
    south = shapely.Polygon([(119.9, 29.9), (120.2, 29.9), *EDGE[::-1]])
    shapes = [shapely.intersection(county, south), shapely.difference(county, south)]
    return gpd.GeoDataFrame(geometry=shapes, index=["南乡", "北乡"], crs=4326)


def points() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        geometry=gpd.points_from_xy(*zip(*SEATS, strict=True)), index=VILLAGES, crs=4326
    )


def differing_of(owners: Sequence[Sequence[str]]) -> pd.DataFrame:
    """All that is to be said of divisions that are no more."""
    gone = sorted({each for day in owners for each in day} - set(owners[-1]))
    rows = [(str(d), c, c.lower(), c, "reconstructed", "nobody") for d in DAYS for c in gone]
    columns = ["as_of", "code", "slug", "name_zh", "boundary_status", "source"]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def sources(owners: Sequence[Sequence[str]], *, straight: bool = False) -> Sources:
    """What dates are made of, from the division of every village on every date."""
    now = pd.DataFrame({"division": list(owners[-1]), "name": VILLAGES}, index=VILLAGES)
    attributes = default_attributes(now.assign(zh=now["division"]), "division", {"zh": "zh"})
    attributes = attributes.assign(boundary_status="reconstructed", source="nobody")
    attributes["slug"] = attributes["slug"].str.lower()
    old = old_polygons(straight=straight)
    today = reorganise(old, points(), now["division"], attributes, tolerance=TOLERANCE).frame
    rows = [
        (str(day), village, village, division)
        for day, each in zip(DAYS, owners, strict=True)
        for village, division in zip(VILLAGES, each, strict=True)
    ]
    table = pd.DataFrame(rows, columns=["as_of", "code", "name", "division"], dtype=object)
    lists = read_lists(table, "code", {code: code for code in "ABCD"}, "lists.csv")
    return Sources(old, points(), now, lists, today, differing_of(owners), TOLERANCE)


def rings(frame: gpd.GeoDataFrame) -> dict[str, str]:
    return dict(zip(frame["code"], frame.geometry.to_wkt(), strict=True))


def edges(frame: gpd.GeoDataFrame) -> set[frozenset[tuple[float, float]]]:
    """The straight pieces of all lines, each between two vertices."""
    xy = shapely.get_coordinates(segments(shapely.union_all(frame.boundary.to_numpy())))
    return {frozenset([(a, b), (c, d)]) for a, b, c, d in xy.reshape(-1, 4).tolist()}


@given(OWNERS, OWNERS, OWNERS)
@settings(max_examples=6, deadline=None)
def test_all_dates_are_on_one_set_of_lines(
    then: list[str], later: list[str], now: list[str]
) -> None:
    dated = reorganise_dates(sources([then, later, now]))
    frames = [each.divisions.frame for each in dated.dates]
    whole = shapely.normalize(shapely.coverage_union_all(frames[-1].geometry.to_numpy()))
    for each, owners in zip(dated.dates, (then, later, now), strict=True):
        frame = each.divisions.frame
        assert set(frame["code"]) == set(owners)
        assert check_boundaries(frame) == []
        assert shapely.coverage_is_valid(frame.geometry.to_numpy())
        outline = shapely.normalize(shapely.coverage_union_all(frame.geometry.to_numpy()))
        assert outline.equals_exact(whole, 0.0)
        where = frame.set_index("code").geometry
        for village, point in points().geometry.items():
            assert where[owners[VILLAGES.index(str(village))]].distance(point) < 1e-3
    for before, after in pairwise(dated.dates):
        step = dated.changes[dated.changes["until"] == str(after.date)]
        for code in "ABCD":
            was, is_now = (
                shapely.union_all(f.geometry[f["code"] == code].to_numpy())
                for f in (before.divisions.frame, after.divisions.frame)
            )
            lost, gained = (
                shapely.union_all(step.geometry[step[column] == code].to_numpy())
                for column in ("from_code", "to_code")
            )
            explained = shapely.union(shapely.difference(was, lost), gained)
            assert shapely.symmetric_difference(explained, is_now).area < 1e-12


ALL_NOW = ["A"] * 4 + ["B"] * 4 + ["C"] * 4


def moved(*villages: int) -> list[str]:
    """Where villages were that are now in C, and the others as they are now."""
    return ["B" if n in villages else code for n, code in enumerate(ALL_NOW)]


@cache
def one_moved() -> Sources:
    """Land around one village that changed hands in the second step."""
    return sources([moved(8), moved(8), ALL_NOW])


def test_what_stays_is_the_same_byte_for_byte_and_todays_file_is_that_of_no_dates() -> None:
    it = one_moved()
    dated = reorganise_dates(it)
    then, later, now = dated.dates
    assert then.divisions is later.divisions
    assert now.divisions.frame is it.today
    assert not dated.is_drawn_anew
    assert rings(then.divisions.frame)["A"] == rings(it.today)["A"]
    assert edges(it.today) - edges(then.divisions.frame)  # the new line around the village
    (change,) = dated.changes.to_dict("records")
    assert (change["from_code"], change["to_code"]) == ("B", "C")
    assert change["villages"] == ["v08"]
    assert (change["since"], change["until"]) == ("2019-10-31", "2020-06-30")
    assert change["boundary_status"] == "reconstructed"
    kept = edges(it.today) & edges(then.divisions.frame)
    lost = edges(it.today) - kept
    around = shapely.boundary(change["geometry"])
    assert all(shapely.covers(around, shapely.LineString(list(each))) for each in lost)


def test_nothing_changed_is_one_state() -> None:
    dated = reorganise_dates(sources([ALL_NOW, ALL_NOW, ALL_NOW]))
    assert len({each.divisions for each in dated.dates}) == 1
    assert dated.changes.empty
    assert all(each.divisions.is_today for each in dated.dates)


def test_a_straight_outline_takes_the_vertices_that_it_needs() -> None:
    it = sources([moved(8), moved(8), ALL_NOW], straight=True)
    dated = reorganise_dates(it)
    assert dated.is_drawn_anew
    for each in dated.dates:
        assert check_boundaries(each.divisions.frame) == []
    now, then = dated.dates[-1].divisions.frame, dated.dates[0].divisions.frame
    assert rings(now)["A"] == rings(then)["A"]
    assert now is dated.today
    assert now["area_km2"].sum() == pytest.approx(it.today["area_km2"].sum(), abs=0.2)


def test_a_status_that_claims_too_much_is_refused() -> None:
    it = one_moved()
    row = {"as_of": "2018-10-31", "code": "B", "boundary_status": "published"}
    with pytest.raises(RequestError, match=r"B: only .* follows old lines"):
        reorganise_dates(replace(it, differing=pd.DataFrame([row], dtype=object)))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"code": "D", "name_zh": "丁"}, "D is no division on 2018-10-31"),
        ({"code": "A", "slug": "other"}, "A: its slug on 2018-10-31 is that of today"),
    ],
)
def test_a_row_of_attributes_that_fits_nothing_is_refused(row: dict[str, str], words: str) -> None:
    it = one_moved()
    differing = pd.DataFrame([{"as_of": "2018-10-31", **row}], dtype=object)
    with pytest.raises(RequestError, match=words):
        reorganise_dates(replace(it, differing=differing))


def test_a_division_that_is_no_more_needs_all_its_properties() -> None:
    it = sources([["D", *ALL_NOW[1:]], ALL_NOW, ALL_NOW])
    bare = it.differing.drop(columns=["slug", "name_zh"])
    with pytest.raises(FaultsError, match="slug"):
        reorganise_dates(replace(it, differing=bare))


def test_notes_on_a_line_that_was_another_are_left_out() -> None:
    it = one_moved()
    today = it.today.assign(boundary_note_zh="注")
    dated = reorganise_dates(replace(it, today=today))
    notes = dated.dates[0].divisions.frame.set_index("code")["boundary_note_zh"]
    assert notes.to_dict() == {"A": "注", "B": None, "C": None}


def test_rows_are_for_dates_on_which_something_begins() -> None:
    differing = pd.DataFrame([{"as_of": "2019-10-31", "code": "A"}], dtype=object)
    with pytest.raises(RequestError, match="2019-10-31: no date on which"):
        check_differing(differing, [DAYS[0]])
    twice = pd.DataFrame([{"as_of": "2018-10-31", "code": "A"}] * 2, dtype=object)
    with pytest.raises(RequestError, match="A has two rows"):
        check_differing(twice, [DAYS[0]])
