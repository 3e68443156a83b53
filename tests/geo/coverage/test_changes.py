"""Land that changed hands between two dates."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st

from geo.coverage.changes import changes, check_changes
from geo.crs.projection import to_metres

SIDE = 4
CELLS = np.array(
    [
        shapely.box(120 + x / 100, 30 + y / 100, 120 + (x + 1) / 100, 30 + (y + 1) / 100)
        for x in range(SIDE)
        for y in range(SIDE)
    ]
)
CODES = st.lists(st.sampled_from("abcd"), min_size=len(CELLS), max_size=len(CELLS))


def divisions(codes: list[str]) -> gpd.GeoDataFrame:
    """Cells joined by the division that each belongs to."""
    cells = gpd.GeoDataFrame({"code": codes}, geometry=CELLS, crs=4326)
    joined = cells.dissolve("code", method="coverage").reset_index()
    return joined.assign(slug=[f"slug-{code}" for code in joined["code"]])


def land(frame: gpd.GeoDataFrame, code: str, column: str = "code") -> shapely.Geometry:
    return shapely.union_all(frame.geometry[frame[column] == code].to_numpy())


@given(CODES, CODES)
def test_every_difference_is_a_change_and_every_change_a_difference(
    then: list[str], now: list[str]
) -> None:
    before, after = divisions(then), divisions(now)
    found = changes(before, after)
    expected = {(a, b) for a, b in zip(then, now, strict=True) if a != b}
    assert set(zip(found["from_code"], found["to_code"], strict=True)) == expected
    assert len(found) == len(expected)
    assert not found.geometry.is_empty.any()
    for code in "abcd":
        lost, gained = land(found, code, "from_code"), land(found, code, "to_code")
        explained = shapely.union(shapely.difference(land(before, code), lost), gained)
        assert shapely.symmetric_difference(explained, land(after, code)).area < 1e-12


@given(CODES, CODES)
def test_what_is_lost_is_gained_and_no_land_changes_hands_twice(
    then: list[str], now: list[str]
) -> None:
    assume(then != now)
    before, after = divisions(then), divisions(now)
    found = to_metres(changes(before, after))
    whole = shapely.union_all(found.geometry.to_numpy()).area
    assert found.area.sum() == pytest.approx(whole)
    was, is_now = (
        to_metres(frame).set_index("code").area.reindex(list("abcd"), fill_value=0.0)
        for frame in (before, after)
    )
    grown = is_now - was
    assert grown.sum() == pytest.approx(0.0, abs=1.0)
    for code in "abcd":
        gained = found.area[found["to_code"] == code].sum()
        lost = found.area[found["from_code"] == code].sum()
        assert gained - lost == pytest.approx(grown[code], abs=1.0)


@given(CODES)
def test_nothing_changed_is_no_change(codes: list[str]) -> None:
    frame = divisions(codes)
    assert changes(frame, frame).empty


def test_villages_are_named_where_they_have_a_name() -> None:
    then = ["a"] * 8 + ["b"] * 8
    now = ["a"] * 4 + ["c"] * 4 + ["b"] * 8
    points = gpd.GeoDataFrame(
        {"code": ["1", "2", "3"], "name": ["甲村", "乙村", None]},
        geometry=gpd.points_from_xy([120.005, 120.015, 120.016], [30.005, 30.005, 30.025]),
        crs=4326,
    )
    (row,) = changes(divisions(then), divisions(now), points).to_dict("records")
    assert (row["from_slug"], row["to_slug"]) == ("slug-a", "slug-c")
    assert (row["villages"], row["village_codes"]) == (["乙村"], ["2", "3"])
    assert row["area_km2"] == pytest.approx(4 * 1.07, abs=0.05)


SLUGS = {"2018-10-31": {"a": "slug-a"}, "2020-06-30": {"a": "slug-a", "c": "slug-c"}}
GOOD = {
    "from_code": "a",
    "from_slug": "slug-a",
    "to_code": "c",
    "to_slug": "slug-c",
    "area_km2": 1.5,
    "villages": ["乙村"],
    "since": "2018-10-31",
    "until": "2020-06-30",
}


def read(**changed: object) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame([GOOD | changed], geometry=[CELLS[0]], crs=4326)


def test_a_change_of_the_sets_dates_has_no_fault() -> None:
    assert check_changes(read(), SLUGS) == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"until": "2021-10-31"}, "and “until” '2021-10-31'"),
        ({"since": "2020-06-30", "until": "2018-10-31"}, "give two of the set's dates"),
        ({"since": None}, "“since” is 'None'"),
        ({"to_code": "b"}, "no division has the code 'b' and the slug 'slug-c' on 2020-06-30"),
        ({"from_code": "c", "from_slug": "slug-c"}, "the slug 'slug-c' on 2018-10-31"),
        ({"to_slug": None}, "the slug nothing"),
        ({"from_code": ["a"]}, "the code a list"),
        ({"villages": "乙村"}, "“villages” is '乙村'; give a list of texts"),
        ({"villages": [1]}, "“villages” is a list"),
        ({"area_km2": "much"}, "“area_km2” is 'much'"),
    ],
)
def test_a_change_that_fits_no_date_is_refused(changed: dict[str, object], words: str) -> None:
    assert words in "\n".join(map(str, check_changes(read(**changed), SLUGS)))


def test_changes_are_areas() -> None:
    points = gpd.GeoDataFrame([GOOD], geometry=[shapely.Point(120, 30)], crs=4326)
    assert "a Point" in str(check_changes(points, SLUGS)[0])
