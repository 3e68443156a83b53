"""Deqing on the dates of six lists of villages, as it is shipped."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import pytest
import shapely
from pydantic import TypeAdapter

from geo.coverage.changes import changes
from geo.coverage.distance import deviation, segments
from geo.files.boundary_sets import BOUNDARIES, BoundarySet, load_set
from geo.files.provenance import load_provenance, sha256
from geo.recipes.deqing.recipe import INPUTS

if TYPE_CHECKING:
    from collections.abc import Iterable

DEQING = BOUNDARIES / "deqing"
UTM = "EPSG:32650"
MOVED = {
    ("qianyuan", "kangqian"): ["联合村", "金鹅山村"],
    ("fuxi", "kangqian"): ["秋山村", "秋北村"],
    ("xiazhuhu", "kangqian"): ["新琪村"],
    ("fuxi", "moganshan"): ["五四村"],
}
"""Villages of today on land that changed hands between the lists of 2019 and of 2020."""


@pytest.fixture(scope="module")
def deqing() -> BoundarySet:
    return load_set(DEQING)


@pytest.fixture(scope="module")
def then(deqing: BoundarySet) -> gpd.GeoDataFrame:
    return deqing.dated[0].divisions.set_index("slug", drop=False)


@pytest.fixture(scope="module")
def now(deqing: BoundarySet) -> gpd.GeoDataFrame:
    return deqing.divisions.set_index("slug", drop=False)


@pytest.fixture(scope="module")
def moved(deqing: BoundarySet) -> gpd.GeoDataFrame:
    assert deqing.changes is not None
    return deqing.changes


def edges(shapes: Iterable[shapely.Geometry]) -> set[frozenset[tuple[float, float]]]:
    """The straight pieces of the outlines, each between two vertices."""
    found: set[frozenset[tuple[float, float]]] = set()
    for shape in shapes:
        xy = shapely.get_coordinates(segments(shapely.boundary(shape))).reshape(-1, 4)
        found |= {frozenset([(a, b), (c, d)]) for a, b, c, d in xy.tolist()}
    return found


def listed(day: str) -> dict[str, str]:
    """Divisions by the names of villages on one of the lists; a name of several is left out."""
    with (INPUTS / "deqing_villages_by_year.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["as_of"] == day]
    names = [row["name"] for row in rows]
    return {row["name"]: row["division"] for row in rows if names.count(row["name"]) == 1}


def test_there_are_twelve_divisions_until_2019_and_thirteen_from_2020(deqing: BoundarySet) -> None:
    counts = {str(each.date): len(each.divisions) for each in deqing.dated}
    assert counts == {
        **dict.fromkeys(("2018-10-31", "2019-10-31"), 12),
        **dict.fromkeys(("2020-06-30", "2021-10-31", "2022-10-31", "2023-06-30"), 13),
    }
    for each in deqing.dated:
        there = set(listed(str(each.date)).values())
        assert set(each.divisions["name_zh"]) == there


def test_kangqian_was_formed_between_two_lists_of_villages_of_three_divisions(
    deqing: BoundarySet, moved: gpd.GeoDataFrame
) -> None:
    assert set(moved["since"]) == {"2019-10-31"}
    assert set(moved["until"]) == {"2020-06-30"}
    assert set(moved["boundary_status"]) == {"reconstructed"}
    assert deqing.villages is not None
    names = deqing.villages.set_index("code")["name_zh"]
    found = {
        (row["from_slug"], row["to_slug"]): [names[code] for code in row["village_codes"]]
        for row in moved.to_dict("records")
    }
    assert {pair: set(villages) for pair, villages in found.items()} == {
        pair: set(villages) for pair, villages in MOVED.items()
    }
    slugs = deqing.divisions.set_index("name_zh")["slug"].to_dict()
    for (before, after), villages in MOVED.items():
        for village in villages:
            assert slugs[listed("2019-10-31")[f"{village}委会"]] == before
            assert slugs[listed("2020-06-30")[f"{village}委会"]] == after


def test_qianfeng_is_first_listed_in_2021_and_moves_no_line(deqing: BoundarySet) -> None:
    for day in ("2018-10-31", "2019-10-31", "2020-06-30"):
        assert not [name for name in listed(day) if name.startswith("千丰")]
    assert listed("2021-10-31")["千丰社区"] == "康乾街道"
    (before, after) = (each for each in deqing.dated if each.date.year in {2020, 2021})
    assert after.divisions is before.divisions
    assert before.provenance is not None
    carried = before.provenance.measures["villages_not_listed_taken_as_at_the_next_date"]
    assert "330521005001" in TypeAdapter(list[str]).validate_python(carried)


def test_all_of_kangqian_changed_hands(moved: gpd.GeoDataFrame, now: gpd.GeoDataFrame) -> None:
    to_it = moved[moved["to_slug"] == "kangqian"]
    whole = shapely.union_all(to_it.geometry.to_numpy())
    assert shapely.symmetric_difference(whole, now.geometry["kangqian"]).area < 1e-12
    assert to_it["area_km2"].sum() == pytest.approx(now.area_km2["kangqian"], abs=0.02)


def test_changes_explain_every_difference_between_the_dates(
    then: gpd.GeoDataFrame, now: gpd.GeoDataFrame, moved: gpd.GeoDataFrame
) -> None:
    again = changes(then, now)
    assert len(again) == len(moved)
    for one, other in zip(again.geometry, moved.geometry, strict=True):
        assert shapely.equals_exact(shapely.normalize(one), shapely.normalize(other), 1e-9)
    for slug in {*then.index, *now.index}:
        was, is_now = (frame.geometry.get(slug, shapely.Polygon()) for frame in (then, now))
        lost = shapely.union_all(moved.geometry[moved["from_slug"] == slug].to_numpy())
        gained = shapely.union_all(moved.geometry[moved["to_slug"] == slug].to_numpy())
        explained = shapely.union(shapely.difference(was, lost), gained)
        assert shapely.symmetric_difference(explained, is_now).area < 1e-12, slug
    shapes = moved.geometry.to_numpy()
    assert shapely.union_all(shapes).area == pytest.approx(shapely.area(shapes).sum())
    grown = now.area_km2.sub(then.area_km2, fill_value=0.0)
    for slug in grown.index:
        gained, lost = (
            moved["area_km2"][moved[column] == slug].sum() for column in ("to_slug", "from_slug")
        )
        assert gained - lost == pytest.approx(grown[slug], abs=0.03), slug


def test_lines_that_stayed_are_the_same_vertex_for_vertex(
    then: gpd.GeoDataFrame, now: gpd.GeoDataFrame, moved: gpd.GeoDataFrame
) -> None:
    unchanged = set(now.index) - set(moved["from_slug"]) - set(moved["to_slug"])
    assert len(unchanged) == 8
    for slug in unchanged:
        assert then.geometry[slug].equals_exact(now.geometry[slug], 0.0), slug
    around = edges(moved.geometry)
    assert edges(now.geometry) ^ edges(then.geometry) <= around
    whole, before = (shapely.coverage_union_all(f.geometry.to_numpy()) for f in (now, then))
    assert shapely.normalize(before).equals_exact(shapely.normalize(whole), 0.0)


def test_then_is_one_valid_coverage_of_single_polygons(then: gpd.GeoDataFrame) -> None:
    assert shapely.coverage_is_valid(then.geometry.to_numpy())
    assert set(then.geom_type) == {"Polygon"}
    assert then["area_km2"].sum() == pytest.approx(938.0, abs=0.1)


def test_what_is_inferred_says_so(then: gpd.GeoDataFrame) -> None:
    status = then["boundary_status"]
    assert set(status[status == "reconstructed"].index) == {"wukang", "wuyang", "fuxi", "xiazhuhu"}
    for column in ("boundary_note_zh", "boundary_note_en", "source"):
        assert then[column].notna().all()
    assert not then["boundary_note_zh"].str.contains("[A-Za-z]|康乾").any()
    assert not then["boundary_note_en"].str.contains("Kangqian").any()
    record = load_provenance(DEQING / "dates/2018-10-31/divisions.provenance.json")
    share = TypeAdapter(dict[str, float]).validate_python(
        record.measures["outline_on_old_lines_percent"]
    )
    xiazhuhu = then.loc["xiazhuhu"]
    assert f"{100 - share[xiazhuhu['code']]:.0f}%" in xiazhuhu["boundary_note_en"]
    assert f"{100 - share[xiazhuhu['code']]:.0f}%" in xiazhuhu["boundary_note_zh"]
    for slug in set(status[status == "published"].index):
        assert share[then.loc[slug, "code"]] == 100.0, slug


def test_old_qianyuan_and_moganshan_are_the_old_polygons(then: gpd.GeoDataFrame) -> None:
    old = gpd.read_file(INPUTS / "deqing_divisions_pre2016.geojson").set_index("name_2015")
    for slug, names in {"qianyuan": ["乾元镇"], "moganshan": ["莫干山镇", "筏头乡"]}.items():
        line = then.to_crs(UTM).geometry[slug].boundary
        reference = shapely.union_all(old.to_crs(UTM).geometry[names].to_numpy()).boundary
        assert deviation(line, reference).max() < 100, slug
        assert deviation(reference, line).max() < 100, slug


def test_what_is_the_same_is_stored_once_and_its_record_says_of_which(deqing: BoundarySet) -> None:
    stored = {str(path.relative_to(DEQING)) for path in DEQING.rglob("divisions.geojson")}
    assert stored == {"divisions.geojson", "dates/2018-10-31/divisions.geojson"}
    for each in deqing.dated:
        record = each.provenance
        assert record is not None
        assert record.sha256 == sha256((DEQING / each.file).read_bytes())
        assert record.features == len(each.divisions)
        folder = Path("dates", str(each.date))
        elsewhere = DEQING / folder / (record.same_as or "divisions.geojson")
        assert elsewhere.resolve() == (DEQING / each.file).resolve()
        assert (record.same_as is None) == (str(each.date) == "2018-10-31")


def test_records_say_how_villages_were_found(deqing: BoundarySet) -> None:
    counts = {}
    for each in deqing.dated:
        assert each.provenance is not None
        measures = each.provenance.measures
        by_code, *others = (
            measures[name]
            for name in (
                "villages_matched_by_code",
                "villages_matched_by_name",
                "villages_not_listed_taken_as_at_the_next_date",
                "villages_not_listed_with_no_division",
            )
        )
        lists = [TypeAdapter(list[str]).validate_python(other) for other in others]
        counts[each.date.year] = (by_code, *map(len, lists))
        assert sum(counts[each.date.year]) == 177  # type: ignore[arg-type]
    assert counts == {
        2018: (158, 7, 11, 1),
        2019: (158, 7, 11, 1),
        2020: (170, 1, 6, 0),
        2021: (172, 0, 5, 0),
        2022: (174, 0, 3, 0),
        2023: (177, 0, 0, 0),
    }
