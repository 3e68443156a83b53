"""Divisions that lie inside another whose hole nobody drew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geo.build.inspection import inspect
from geo.build.pipeline import BuildOptions, build
from geo.build.selection import Selection
from geo.errors import FaultsError
from geo.files.vector import VectorFile

OPTIONS = BuildOptions(code="code", names={"en": "code"}, source="a test")
OUTER = shapely.box(10, 50, 10.1, 50.1)


def frame(*shapes: shapely.Geometry) -> gpd.GeoDataFrame:
    codes = [str(place) for place in range(1, len(shapes) + 1)]
    return gpd.GeoDataFrame({"code": codes}, geometry=list(shapes), crs=4326)


@pytest.mark.parametrize(
    "shapes",
    [
        (OUTER, shapely.box(10.04, 50.04, 10.06, 50.06)),
        (shapely.box(10.04, 50.04, 10.06, 50.06), OUTER),
        (OUTER, shapely.box(10.04, 50.04, 10.0405, 50.0405)),
        (OUTER, shapely.box(10, 50.04, 10.02, 50.06)),
    ],
    ids=["enclave", "enclave first", "narrower than a sliver", "at the edge"],
)
def test_an_enclave_is_named_and_cut_out_when_asked(shapes: tuple[shapely.Geometry, ...]) -> None:
    given = frame(*shapes)
    with pytest.raises(FaultsError, match=r"lies wholly inside feature .*--cut-enclaves"):
        build(given, OPTIONS)
    built = build(given, replace(OPTIONS, cut_enclaves=True))
    assert built.frame["area_km2"].sum() == pytest.approx(
        build(frame(OUTER), OPTIONS).frame["area_km2"].sum(), abs=0.03
    )
    assert any("cut out of it" in str(each) for each in built.repairs)


@pytest.mark.parametrize("size", [0.1, 0.0005])
def test_two_features_of_one_shape_are_refused(size: float) -> None:
    twice = shapely.box(10, 50, 10 + size, 50 + size)
    with pytest.raises(FaultsError, match=r"overlaps feature|cover it wholly"):
        build(frame(twice, twice), OPTIONS)


def test_inspect_measures_what_build_refuses() -> None:
    given = frame(OUTER, shapely.box(10.04, 50.04, 10.06, 50.06))
    file = VectorFile(Path("x.geojson"), given, "GeoJSON", "x", ("x",), "", "")
    assert (inspect(file).overlap_m2 or 0) > 3e6


def test_a_feature_without_a_shape_is_told_what_helps() -> None:
    given = frame(OUTER, shapely.Polygon())
    with pytest.raises(FaultsError, match=r"empty geometry.*--exclude.*--polygons-only"):
        build(given, OPTIONS)
    without = Selection(exclude=[("code", "2")])
    assert len(build(given, replace(OPTIONS, polygons_only=True)).frame) == 1
    assert len(build(given, replace(OPTIONS, selection=without)).frame) == 1
