"""Far divisions, drawn in a frame near the others; files keep them where they lie."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.coverage.inset import MERCATOR, drawn
from geo.files.boundaries import load_boundaries
from geo.files.boundary_sets import DIVISIONS, published
from geo.files.map_copies import for_map
from geo.map.static_map import Frame, MapPicture, MapStyle
from tests.support.command import main

if TYPE_CHECKING:
    from pathlib import Path

LAND = {"north": (8.0, 47.5, 9.0, 48.0), "south": (8.0, 47.0, 9.0, 47.5)}
FAR = {"isle": (20.0, 40.0, 20.2, 40.3), "rock": (20.3, 40.0, 20.4, 40.1)}


def frame(*names: str, inset: str | None = "Isles") -> gpd.GeoDataFrame:
    shapes = {name: shapely.box(*(LAND | FAR)[name]) for name in names or (*LAND, *FAR)}
    rows = {
        "slug": list(shapes),
        "boundary_status": ["published"] * len(shapes),
        "inset": [inset if name in FAR else None for name in shapes],
        "label_point": [[*shape.centroid.coords[0]] for shape in shapes.values()],
    }
    return gpd.GeoDataFrame(rows, geometry=list(shapes.values()), crs="EPSG:4326")


def test_far_divisions_come_into_a_frame_that_covers_nothing() -> None:
    made = drawn(frame())

    assert len(made.frames) == 1
    box = shapely.box(*made.frames[0])
    shapes = dict(zip(made.divisions["slug"], made.divisions.geometry, strict=True))
    for name, bounds in LAND.items():
        assert shapes[name].equals_exact(shapely.box(*bounds), 1e-9)
        assert not box.intersects(shapes[name])
    for name, point in zip(made.divisions["slug"], made.divisions["label_point"], strict=True):
        assert shapes[name].contains(shapely.Point(*point))
        assert (name in FAR) == box.contains(shapes[name])
    assert box.distance(shapes["south"]) < 0.5


def test_shapes_in_a_frame_keep_their_looks() -> None:
    before, after = frame().to_crs(MERCATOR), drawn(frame()).divisions.to_crs(MERCATOR)
    far = before["inset"].notna().to_numpy()
    scale = np.sqrt(after.area[far].sum() / before.area[far].sum())
    assert np.allclose(after.area[far], before.area[far] * scale**2, rtol=1e-6)
    apart = [each.geometry.iloc[2].distance(each.geometry.iloc[3]) for each in (before, after)]
    assert apart[1] == pytest.approx(apart[0] * scale, rel=1e-6)


@pytest.mark.parametrize("names", [tuple(LAND), tuple(FAR)])
def test_where_none_or_all_are_far_everything_stays(names: tuple[str, ...]) -> None:
    given_ones = frame(*names)
    made = drawn(given_ones)
    assert made.frames == ()
    assert made.divisions is given_ones


@given(
    st.lists(
        st.tuples(st.floats(-170, 170), st.floats(-70, 70), st.floats(0.01, 5), st.floats(0.01, 5)),
        min_size=1,
        max_size=4,
    )
)
def test_every_frame_has_a_place_of_its_own(
    islands: list[tuple[float, float, float, float]],
) -> None:
    land = frame(*LAND)
    boxes = [shapely.box(x, y, x + wide, y + high) for x, y, wide, high in islands]
    far = gpd.GeoDataFrame(
        {
            "slug": [f"far-{n}" for n in range(len(boxes))],
            "inset": [f"{n}" for n in range(len(boxes))],
        },
        geometry=boxes,
        crs="EPSG:4326",
    )
    made = drawn(gpd.GeoDataFrame(pd.concat([land, far], ignore_index=True)))
    frames = [shapely.box(*each) for each in made.frames]
    assert len(frames) == len(boxes)
    taken = [*made.divisions.geometry[:2], *frames]
    for place, one in enumerate(taken):
        assert not any(one.intersects(other) for other in taken[place + 1 :] if other in frames)
    for shape, box in zip(made.divisions.geometry[2:], frames, strict=True):
        assert box.buffer(1e-9).contains(shape)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    file = tmp_path / "source.geojson"
    rows = frame().assign(code=["1", "2", "3", "4"], area=["main", "main", "far", "far"])
    file.write_text(rows[["code", "slug", "area", "geometry"]].to_json(), encoding="utf-8")
    return file


def test_an_option_asks_for_it_and_only_pictures_move(source: Path) -> None:
    out = source.parent / "set" / DIVISIONS
    out.parent.mkdir()
    words = ["build", str(source), "--code", "code", "--name", "en=slug", "--out", str(out)]
    assert main([*words, "--inset", "area=far"]) == 0

    made = load_boundaries(out)
    assert made["inset"].fillna("").tolist() == ["", "", "far", "far"]
    assert made.geometry.iloc[2].bounds == FAR["isle"], "files keep it where it lies"
    record = json.loads(out.with_name("divisions.provenance.json").read_text(encoding="utf-8"))
    assert "drawn in an inset: area=far" in json.dumps(record)
    folder = published(out.parent)
    shown = json.loads((folder / str(for_map(folder, DIVISIONS))).read_text(encoding="utf-8"))
    assert len(shown["insets"]) == 1
    assert load_boundaries(folder / DIVISIONS).geometry.iloc[2].bounds == FAR["isle"]


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        (["area=nowhere"], "no feature has area=nowhere"),
        (["area=main", "area=far"], "every feature is in an inset"),
        (["region=far"], "no column region"),
    ],
)
def test_what_cannot_be_is_refused(
    source: Path, pairs: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = source.with_name("out.geojson")
    words = ["build", str(source), "--code", "code", "--name", "en=slug", "--out", str(out)]
    assert main([*words, *(word for pair in pairs for word in ("--inset", pair))]) != 0
    assert said in capsys.readouterr().err
    assert not out.exists()


def test_a_picture_has_the_frame_and_all_divisions() -> None:
    style = MapStyle(fills={"isle": "#ff0000", "north": "#00ff00"})
    picture = MapPicture(frame(), Frame((400, 300), 10, 10, 10, 10), style)
    colours = {colour for _, colour in picture.image.getcolors(maxcolors=200_000) or []}
    assert {(255, 0, 0), (0, 255, 0)} <= colours
    left, top, right, bottom = picture.box("north")
    assert (right - left) > 100, "the land is not small for the sake of the isle"
    assert 0 < top < bottom < 300
