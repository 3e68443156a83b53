"""The bundled files of Deqing County, as they are shipped."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pydantic import TypeAdapter

from geo.coverage.distance import deviation
from geo.files.boundaries import DEQING, load_boundaries, load_features
from geo.files.provenance import beside, load_provenance, sha256
from geo.recipes.deqing.recipe import HERE, INPUTS, make

UTM = "EPSG:32650"
PRODUCTS = (
    *("divisions.geojson", "county.geojson", "neighbours.geojson", "villages.geojson"),
    *("changes.geojson", "dates/2018-10-31/divisions.geojson"),
)
RECONSTRUCTED = {"wukang", "wuyang", "fuxi", "qianyuan", "kangqian"}
OLD_OF = {
    "leidian": ["雷甸镇"],
    "xinan": ["新安镇"],
    "yuyue": ["禹越镇"],
    "xinshi": ["新市镇"],
    "luoshe": ["洛舍镇"],
    "zhongguan": ["钟管镇"],
    "xiazhuhu": ["三合乡"],
}


@pytest.fixture(scope="module")
def divisions() -> gpd.GeoDataFrame:
    return load_boundaries(DEQING / "divisions.geojson").set_index("slug", drop=False)


@pytest.fixture(scope="module")
def old() -> gpd.GeoDataFrame:
    path = INPUTS / "deqing_divisions_pre2016.geojson"
    return gpd.read_file(path).set_index("name_2015").to_crs(UTM)


def test_there_are_five_subdistricts_and_eight_towns(divisions: gpd.GeoDataFrame) -> None:
    assert divisions["kind"].value_counts().to_dict() == {"town": 8, "subdistrict": 5}
    assert divisions["code"].str.fullmatch(r"330521\d{3}").all()


def test_every_property_is_filled(divisions: gpd.GeoDataFrame) -> None:
    wanted = ["name_zh", "name_en", "boundary_note_zh", "boundary_note_en", "source", "area_km2"]
    assert divisions[wanted].notna().all(axis=None)
    assert not divisions["boundary_note_zh"].str.contains("[A-Za-z]").any()


def test_five_divisions_are_reconstructed(divisions: gpd.GeoDataFrame) -> None:
    status = divisions["boundary_status"]
    assert set(status[status == "reconstructed"].index) == RECONSTRUCTED
    assert "Wusi" in divisions.loc["moganshan", "boundary_note_en"]
    assert "五四村" in divisions.loc["moganshan", "boundary_note_zh"]


def test_notes_give_the_figures_of_the_record(divisions: gpd.GeoDataFrame) -> None:
    record = load_provenance(DEQING / "divisions.provenance.json")
    share = TypeAdapter(dict[str, float]).validate_python(
        record.measures["outline_on_old_lines_percent"]
    )
    kangqian, moganshan = divisions.loc["kangqian"], divisions.loc["moganshan"]
    assert f"{share[kangqian['code']]:.0f}%" in kangqian["boundary_note_en"]
    assert f"{share[kangqian['code']]:.0f}%" in kangqian["boundary_note_zh"]
    assert f"{100 - share[moganshan['code']]:.0f}%" in moganshan["boundary_note_en"]
    assert f"{100 - share[moganshan['code']]:.0f}%" in moganshan["boundary_note_zh"]
    assert record.measures["blind_test_iou_mean"] == pytest.approx(0.88, abs=0.005)
    assert record.measures["blind_test_iou_worst"] == pytest.approx(0.81, abs=0.005)


def test_shapes_are_one_valid_coverage_without_holes(divisions: gpd.GeoDataFrame) -> None:
    shapes = divisions.geometry.to_numpy()
    assert shapely.coverage_is_valid(shapes)
    whole = shapely.coverage_union_all(shapes)
    assert isinstance(whole, shapely.Polygon)
    assert not whole.interiors


def test_areas_are_those_of_utm(divisions: gpd.GeoDataFrame) -> None:
    utm = divisions.to_crs(UTM).area / 1e6
    assert (divisions["area_km2"] / utm - 1).abs().max() < 0.002
    assert divisions["area_km2"].sum() == pytest.approx(938.0, abs=0.1)
    assert divisions.loc["kangqian", "area_km2"] == pytest.approx(27.4, abs=0.1)


def test_label_points_lie_well_inside(divisions: gpd.GeoDataFrame) -> None:
    points = gpd.GeoSeries(
        [shapely.Point(xy) for xy in divisions["label_point"]], index=divisions.index, crs=4326
    ).to_crs(UTM)
    shapes = divisions.to_crs(UTM)
    assert shapes.contains(points).all()
    assert points.distance(shapes.boundary).min() > 1000


@pytest.mark.parametrize("name", PRODUCTS)
def test_files_are_rfc_7946_with_five_decimals(name: str) -> None:
    collection = json.loads((DEQING / name).read_text(encoding="utf-8"))
    assert "crs" not in collection
    frame = load_features(DEQING / name)
    xy = shapely.get_coordinates(frame.geometry.to_numpy())
    assert (xy == np.round(xy, 5)).all()
    for part in shapely.get_parts(frame.geometry.to_numpy()):
        assert part.geom_type == "Point" or part.exterior.is_ccw


@pytest.mark.parametrize("name", ["divisions.geojson", "dates/2018-10-31/divisions.geojson"])
def test_the_file_of_divisions_is_small(name: str) -> None:
    assert len((DEQING / name).read_bytes()) <= 80_000


@pytest.mark.parametrize("name", PRODUCTS)
def test_every_file_is_held_to_its_record(name: str) -> None:
    record = load_provenance(DEQING / beside(name))
    frame = load_features(DEQING / name)
    assert record.product == name.rpartition("/")[2]
    assert record.sha256 == sha256((DEQING / name).read_bytes())
    assert record.features == len(frame)
    assert set(record.geometry_types) == set(frame.geom_type)
    assert record.attribution
    assert "no approval number" in record.licence
    assert record.approval_number is None
    assert record.inputs


def test_no_line_of_a_published_division_is_far_from_the_old_line(
    divisions: gpd.GeoDataFrame, old: gpd.GeoDataFrame
) -> None:
    for slug, names in OLD_OF.items():
        line = divisions.to_crs(UTM).geometry[slug].boundary
        reference = shapely.union_all(old.geometry[names].to_numpy()).boundary
        assert deviation(line, reference).max() < 80, slug
        assert deviation(reference, line).max() < 80, slug


def test_every_old_line_that_still_is_one_stays_near(
    divisions: gpd.GeoDataFrame, old: gpd.GeoDataFrame
) -> None:
    # Only the line between old 莫干山镇 and 筏头乡, and parts of old lines around land
    # that changed hands, are lines no more.
    shapes = divisions.to_crs(UTM)
    lines = shapely.union_all(shapes.boundary.to_numpy())
    outline = shapely.coverage_union_all(old.geometry.to_numpy()).boundary
    assert deviation(outline, lines).max() < 80
    county = load_features(DEQING / "county.geojson").to_crs(UTM)
    assert deviation(county.boundary.iloc[0], outline).max() < 80


def test_the_county_is_exactly_the_union_of_its_divisions(divisions: gpd.GeoDataFrame) -> None:
    county = load_features(DEQING / "county.geojson").geometry.iloc[0]
    assert county.equals(shapely.coverage_union_all(divisions.geometry.to_numpy()))


def test_neighbours_meet_the_county_without_overlap_or_gap() -> None:
    county = load_features(DEQING / "county.geojson").geometry.to_numpy()
    neighbours = load_features(DEQING / "neighbours.geojson")
    both = np.concatenate([county, neighbours.geometry.to_numpy()])
    assert shapely.coverage_is_valid(both)
    whole = shapely.coverage_union_all(both)
    assert isinstance(whole, shapely.Polygon)
    assert not whole.interiors
    assert set(neighbours["name_en"]) >= {"Wuxing District", "Anji County", "Tongxiang City"}


def test_village_points_lie_in_the_division_that_they_belong_to(
    divisions: gpd.GeoDataFrame,
) -> None:
    villages = load_features(DEQING / "villages.geojson")
    shapes = divisions.set_index("code").geometry[villages["division_code"]]
    assert len(villages) == 172
    assert villages.geometry.within(shapes.reset_index(drop=True)).all()
    assert "五四村" in set(villages["name_zh"])
    assert "Jin’eshan Village" in set(villages["name_en"])
    assert not villages["name_zh"].str.contains("委会").sum() > 6


def test_the_recipe_makes_the_bundled_bytes(tmp_path: Path) -> None:
    make(tmp_path)
    made, kept = (
        {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
        for folder in (tmp_path, Path(str(DEQING)))
    )
    assert set(made) == set(kept)
    for file in kept:
        assert made[file].read_bytes() == kept[file].read_bytes(), file


def test_every_input_of_a_record_is_in_the_repository() -> None:
    readme = (INPUTS / "README.md").read_text(encoding="utf-8")
    sums = (INPUTS / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = {name: digest for digest, name in (line.split() for line in sums)}
    shipped = {path.name for path in INPUTS.iterdir()} - {"README.md", "SHA256SUMS"}
    assert set(listed) == shipped
    for name in PRODUCTS:
        for made_from in load_provenance(DEQING / beside(name)).inputs:
            folder = next(
                folder for folder in (INPUTS, HERE, DEQING) if (folder / made_from.name).is_file()
            )
            assert made_from.sha256 == sha256((folder / made_from.name).read_bytes())
            if folder == INPUTS:
                assert listed.pop(made_from.name, made_from.sha256) == made_from.sha256
                assert f"`{made_from.name}`" in readme
    assert not listed, "files that no product is made from"
