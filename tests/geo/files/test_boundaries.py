"""Faults of a boundary file: each one by its message, all of them at once."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest

from geo.errors import FaultsError, GeoError, SourceError
from geo.files.boundaries import load_boundaries

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd


def square(west: float, south: float, size: float = 0.1) -> list[Any]:
    east, north = west + size, south + size
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def feature(code: str, polygon: list[Any]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {
            "code": code,
            "slug": f"slug-{code}",
            "name_en": f"Place {code}",
            "boundary_status": "published",
            "source": "made up for a test",
        },
        "geometry": {"type": "Polygon", "coordinates": polygon},
    }


@pytest.fixture
def collection() -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [feature("100001", square(120, 30)), feature("100002", square(120.1, 30))],
    }


def load(folder: Path, collection: object) -> gpd.GeoDataFrame:
    path = folder / "county.geojson"
    path.write_text(json.dumps(collection), encoding="utf-8")
    return load_boundaries(path)


def faults(folder: Path, collection: object) -> str:
    with pytest.raises(FaultsError) as caught:
        load(folder, collection)
    assert all(line.startswith("county.geojson:") for line in str(caught.value).splitlines())
    return str(caught.value)


def test_a_file_of_any_county_is_accepted(tmp_path: Path, collection: dict[str, Any]) -> None:
    frame = load(tmp_path, collection)
    assert list(frame["code"]) == ["100001", "100002"]
    assert frame.crs.to_epsg() == 4326


@pytest.mark.parametrize("column", ["code", "slug", "boundary_status", "source"])
def test_a_missing_property_is_named(
    tmp_path: Path, collection: dict[str, Any], column: str
) -> None:
    del collection["features"][0]["properties"][column]
    assert f"“{column}”" in faults(tmp_path, collection)
    del collection["features"][1]["properties"][column]
    assert f"county.geojson: no property “{column}”" in faults(tmp_path, collection)


def test_a_division_without_any_name_is_refused(tmp_path: Path, collection: dict[str, Any]) -> None:
    for item in collection["features"]:
        del item["properties"]["name_en"]
    assert "no name" in faults(tmp_path, collection)


@pytest.mark.parametrize("column", ["code", "slug"])
def test_a_value_that_stands_twice_is_named(
    tmp_path: Path, collection: dict[str, Any], column: str
) -> None:
    first, second = (item["properties"] for item in collection["features"])
    second[column] = first[column]
    assert f"{first[column]}: “{column}” stands 2 times" in faults(tmp_path, collection)


def test_an_unknown_status_is_refused(tmp_path: Path, collection: dict[str, Any]) -> None:
    collection["features"][0]["properties"]["boundary_status"] = "guessed"
    assert "use one of published, reconstructed" in faults(tmp_path, collection)


def test_a_number_for_a_code_is_refused(tmp_path: Path, collection: dict[str, Any]) -> None:
    collection["features"][0]["properties"]["code"] = 100001
    assert "feature no. 1: “code” is 100001" in faults(tmp_path, collection)


def test_an_overlap_is_measured(tmp_path: Path, collection: dict[str, Any]) -> None:
    collection["features"][1]["geometry"]["coordinates"] = square(120.09, 30)
    assert "feature 100001: overlaps feature 100002 by 10" in faults(tmp_path, collection)


def test_edges_that_do_not_match_are_named(tmp_path: Path, collection: dict[str, Any]) -> None:
    ring = collection["features"][1]["geometry"]["coordinates"][0]
    ring.insert(4, [120.1, 30.05])
    assert "does not match its neighbour's" in faults(tmp_path, collection)


def test_a_narrow_gap_is_named_and_a_wide_hole_is_not(
    tmp_path: Path, collection: dict[str, Any]
) -> None:
    gap = [[120.05, 30.02], [120.0501, 30.02], [120.0501, 30.08], [120.05, 30.08], [120.05, 30.02]]
    collection["features"][0]["geometry"]["coordinates"].append(gap)
    assert "feature 100001: a gap of" in faults(tmp_path, collection)
    collection["features"][0]["geometry"]["coordinates"][1] = square(120.04, 30.04, 0.02)[0]
    assert len(load(tmp_path, collection)) == 2


@pytest.mark.parametrize(
    ("geometry", "message"),
    [
        (None, "no geometry"),
        ({"type": "Polygon", "coordinates": []}, "empty geometry"),
        ({"type": "Point", "coordinates": [120, 30]}, "a Point"),
        ({"type": "LineString", "coordinates": [[120, 30], [121, 30]]}, "a LineString"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}, "Self-"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]}, "not closed"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [0, 0]]]}, "Too few points"),
        ({"type": "Polygon", "coordinates": "here"}, "no geometry can be built"),
        ({"type": "Ball"}, "no geometry can be built"),
        (
            {"type": "Polygon", "coordinates": [square(120, 30)[0], square(125, 30)[0]]},
            "Hole lies outside",
        ),
    ],
)
def test_a_bad_geometry_is_named_with_its_feature(
    tmp_path: Path, collection: dict[str, Any], geometry: object, message: str
) -> None:
    collection["features"][0]["geometry"] = geometry
    said = faults(tmp_path, collection)
    assert message in said
    assert "feature 100001" in said or "feature no. 1" in said


def test_a_coordinate_that_is_no_number_is_named(
    tmp_path: Path, collection: dict[str, Any]
) -> None:
    collection["features"][0]["geometry"]["coordinates"][0][1][0] = float("nan")
    assert "a coordinate is NaN" in faults(tmp_path, collection)


def test_swapped_axes_and_metres_are_told_from_degrees(
    tmp_path: Path, collection: dict[str, Any]
) -> None:
    swapped = copy.deepcopy(collection)
    swapped["features"][0]["geometry"]["coordinates"] = square(30, 120)
    assert "the axes are swapped" in faults(tmp_path, swapped)
    collection["features"][0]["geometry"]["coordinates"] = square(500_000, 3_380_000, 1000)
    assert "these are metres" in faults(tmp_path, collection)


def test_all_faults_are_told_at_once(tmp_path: Path, collection: dict[str, Any]) -> None:
    first, second = collection["features"]
    first["properties"]["slug"] = ""
    second["properties"]["boundary_status"] = "guessed"
    second["geometry"] = None
    assert len(faults(tmp_path, collection).splitlines()) == 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "cut off or not JSON"),
        ('{"type": "FeatureCollection", "features": [{', "cut off or not JSON"),
        ("[]", "no feature collection"),
        ('{"type": "FeatureCollection"}', "no feature collection"),
        (
            '{"features": [], "crs": {"properties": {"name": "urn:ogc:def:crs:EPSG::4549"}}}',
            "CRS is urn:ogc:def:crs:EPSG::4549",
        ),
    ],
)
def test_a_file_that_is_none_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "broken.geojson"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=message) as caught:
        load_boundaries(path)
    assert str(caught.value).startswith("broken.geojson:")


def test_a_collection_without_features_is_refused(tmp_path: Path) -> None:
    assert "no features" in faults(tmp_path, {"type": "FeatureCollection", "features": []})


def test_a_missing_file_a_folder_and_another_encoding_are_named(tmp_path: Path) -> None:
    (tmp_path / "gbk.geojson").write_bytes('{"name": "德清"}'.encode("gbk"))
    for path, message in (
        (tmp_path / "nowhere.geojson", "No such file"),
        (tmp_path, "directory"),
        (tmp_path / "gbk.geojson", "not UTF-8"),
    ):
        with pytest.raises(GeoError, match=message):
            load_boundaries(path)
