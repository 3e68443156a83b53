"""Divisions on both sides of the antimeridian: built, checked, measured, drawn."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.coverage.operations import areas_km2
from geo.crs.projection import continuous, local_equal_area, to_metres
from geo.files.boundaries import load_boundaries
from geo.files.boundary_sets import DIVISIONS, NEIGHBOURS, published
from geo.files.map_copies import for_map
from geo.map.static_map import Frame, MapPicture, MapStyle
from tests.support.command import main

if TYPE_CHECKING:
    from pathlib import Path

WEST = [[177.2, -18.2], [178.6, -18.2], [178.6, -17.4], [177.2, -17.4], [177.2, -18.2]]
ACROSS = [[178.6, -17.4], [180.2, -17.4], [180.2, -16.1], [178.6, -16.1], [178.6, -17.4]]
BY_JUMP = [[x - 360 if x > 180 else x, y] for x, y in ACROSS]
EAST_HALF = [[-180, -17.4], [-179.8, -17.4], [-179.8, -16.1], [-180, -16.1], [-180, -17.4]]
WEST_HALF = [[178.6, -17.4], [180, -17.4], [180, -16.1], [178.6, -16.1], [178.6, -17.4]]
FAR = [[-179.8, -17.4], [-179.0, -17.4], [-179.0, -16.1], [-179.8, -16.1], [-179.8, -17.4]]

WAYS: dict[str, dict[str, Any]] = {
    "cut, as RFC 7946 asks": {"type": "MultiPolygon", "coordinates": [[WEST_HALF], [EAST_HALF]]},
    "beyond 180°": {"type": "Polygon", "coordinates": [ACROSS]},
    "by a jump": {"type": "Polygon", "coordinates": [BY_JUMP]},
}


def built(folder: Path, shape: dict[str, Any]) -> Path:
    """Build three divisions, of which the second goes across."""
    polygon = {"type": "Polygon", "coordinates": [WEST]}
    far = {"type": "Polygon", "coordinates": [FAR]}
    features = [
        {"type": "Feature", "properties": {"code": f"FJ-{place}"}, "geometry": geometry}
        for place, geometry in enumerate((polygon, shape, far), start=1)
    ]
    file, out = folder / "fiji.geojson", folder / "set" / DIVISIONS
    out.parent.mkdir()
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    words = ["build", str(file), "--code", "code", "--name", "en=code", "--out", str(out)]
    assert main(words) == 0
    assert main(["check-boundaries", str(out)]) == 0
    return out


@pytest.mark.parametrize("way", WAYS)
def test_whichever_way_it_is_drawn_the_same_file_comes_of_it(tmp_path: Path, way: str) -> None:
    made = load_boundaries(built(tmp_path, WAYS[way]))
    assert made["slug"].tolist() == ["fj-1", "fj-2", "fj-3"]
    across = shapely.get_parts(made.geometry.iloc[1])
    assert [part.bounds for part in across] == [
        (178.6, -17.4, 180, -16.1),
        (-180, -17.4, -179.8, -16.1),
    ]
    # The area of a rectangle on the ellipsoid, by the same projection far from the antimeridian.
    elsewhere = made.set_geometry(
        gpd.GeoSeries([shapely.box(8.6, -17.4, 10.2, -16.1)] * 3, crs=4326)
    )
    assert made["area_km2"].iloc[1] == pytest.approx(areas_km2(elsewhere)[1], rel=1e-3)
    lon, lat = made["label_point"].iloc[1]
    assert shapely.contains_xy(made.geometry.iloc[1], lon, lat)


def test_the_middle_is_where_the_land_is(tmp_path: Path) -> None:
    made = load_boundaries(built(tmp_path, WAYS["by a jump"]))
    assert 'origin",179.1' in local_equal_area(made).to_wkt()
    west, _, east, _ = to_metres(made).total_bounds
    assert east - west < 450_000
    whole = continuous(made).geometry
    assert whole.total_bounds[[0, 2]].tolist() == [177.2, 181.0]
    assert whole.geom_type.tolist() == ["Polygon"] * 3


def test_from_metres_across_it(tmp_path: Path) -> None:
    out = built(tmp_path, WAYS["cut, as RFC 7946 asks"])
    made = load_boundaries(out)
    metric = to_metres(made).to_crs("EPSG:3460")  # Fiji 1986 / Fiji Map Grid
    metric[["code", "geometry"]].to_file(tmp_path / "grid.gpkg")
    again = tmp_path / "again.geojson"
    words = ["build", str(tmp_path / "grid.gpkg"), "--code", "code", "--name", "en=code"]
    assert main([*words, "--out", str(again)]) == 0
    back = load_boundaries(again)
    assert np.allclose(back["area_km2"], made["area_km2"], rtol=1e-4)
    assert [len(shapely.get_parts(shape)) for shape in back.geometry] == [1, 2, 1]


def test_simplified_lines_stay_shared_across_it(tmp_path: Path) -> None:
    angles = np.linspace(0, np.pi, 400)
    wave = [(177 + 5 * a / np.pi, -17 + 0.01 * np.sin(40 * a)) for a in angles]
    north = shapely.Polygon([*wave, (182, -16), (177, -16)])
    south = shapely.Polygon([*wave, (182, -18), (177, -18)])
    frame = gpd.GeoDataFrame({"code": ["n", "s"]}, geometry=[north, south], crs=4326)
    frame.to_file(tmp_path / "in.gpkg")
    out = tmp_path / "out.geojson"
    words = ["build", str(tmp_path / "in.gpkg"), "--code", "code", "--name", "en=code"]
    assert main([*words, "--tolerance", "500", "--out", str(out)]) == 0
    assert main(["check-boundaries", str(out)]) == 0


def test_the_map_gets_them_beside_each_other(tmp_path: Path) -> None:
    out = built(tmp_path, WAYS["cut, as RFC 7946 asks"])
    (out.parent / NEIGHBOURS).write_text(
        gpd.GeoSeries([shapely.box(-179, -17, -178, -16)], crs=4326).to_json(), encoding="utf-8"
    )
    copy = published(out.parent)
    assert load_boundaries(copy / DIVISIONS).total_bounds[0] == -180  # what is given out is cut
    drawn = gpd.read_file(copy / str(for_map(copy, DIVISIONS)))
    assert drawn.total_bounds[[0, 2]].tolist() == [177.2, 181.0]
    assert drawn.geom_type.tolist() == ["Polygon"] * 3
    around = gpd.read_file(copy / str(for_map(copy, NEIGHBOURS)))
    assert around.total_bounds[0] == 181
    text = (copy / str(for_map(copy, DIVISIONS))).read_text(encoding="utf-8")
    labels = [each["properties"]["label_point"] for each in json.loads(text)["features"]]
    assert all(177 < lon < 181 for lon, _ in labels)
    assert for_map(copy, "county.geojson") is None


def test_a_picture_shows_them_and_not_the_whole_earth(tmp_path: Path) -> None:
    made = load_boundaries(built(tmp_path, WAYS["cut, as RFC 7946 asks"]))
    picture = MapPicture(made, Frame((600, 400)), MapStyle(), around=made)
    left, top, right, bottom = picture.box("fj-2")
    assert right - left > 150
    assert bottom - top > 100
    middle = (int(left + right) // 2, int(top + bottom) // 2)
    assert picture.image.getpixel(middle) == (0xDF, 0xDA, 0xCD)
    seam = int(left + (right - left) * 1.4 / 1.6)
    column = {picture.image.getpixel((x, middle[1])) for x in range(seam - 4, seam + 5)}
    assert column == {(0xDF, 0xDA, 0xCD)}  # no line where the file is cut
