"""Boundaries of every date, for others to work with."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import pyogrio
import pytest

from geo.files.boundary_sets import BOUNDARIES

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.testclient import TestClient

DEQING = Path(__file__).parents[3] / "stories" / "data" / "deqing"


def test_every_date_has_a_file_with_its_record(client: TestClient) -> None:
    then = client.get("/data/boundaries-2018-10-31.geojson")
    assert then.headers["content-type"] == "application/geo+json"
    assert then.headers["access-control-allow-origin"] == "*"
    slugs = {feature["id"] for feature in then.json()["features"]}
    now = client.get("/data/boundaries-2020-06-30.geojson").json()
    assert {feature["id"] for feature in now["features"]} == slugs | {"kangqian"}
    assert then.json()["provenance"]["vintage"].startswith("membership 2018-10-31")
    assert now["provenance"]["vintage"].startswith("membership 2020-06-30")
    assert "stories" not in str(then.json()["features"][0]["properties"])
    again = client.get(
        "/data/boundaries-2018-10-31.geojson", headers={"If-None-Match": then.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


def test_what_changed_has_a_file_with_its_record(client: TestClient) -> None:
    found = client.get("/data/changes.geojson").json()
    ids = [feature["id"] for feature in found["features"]]
    assert len(ids) == len(set(ids)) == 4
    assert "qianyuan/kangqian/2020-06-30" in ids
    properties = found["features"][ids.index("qianyuan/kangqian/2020-06-30")]["properties"]
    assert properties["villages"] == ["联合村委会", "金鹅山村委会"]
    assert properties["boundary_status"] == "reconstructed"
    assert "no approval number" in found["provenance"]["licence"]


@pytest.mark.parametrize(
    "name",
    ["boundaries-2018-10-30.geojson", "boundaries-.geojson", "boundaries-2018-10-31.gpkg"],
)
def test_there_is_nothing_of_another_date(client: TestClient, name: str) -> None:
    assert client.get(f"/data/{name}").status_code == 404


def test_a_geopackage_has_a_layer_for_each_date_that_was_different(
    client: TestClient, tmp_path: Path
) -> None:
    path = tmp_path / "boundaries.gpkg"
    path.write_bytes(client.get("/data/boundaries.gpkg").content)
    layers = dict(pyogrio.list_layers(path))
    shapes = {name for name, kind in layers.items() if kind is not None}
    assert shapes == {"divisions", "divisions_2018_10_31", "changes"}
    then = gpd.read_file(path, layer="divisions_2018_10_31")
    assert len(then) == 12
    assert then.crs == 4326
    dates = gpd.read_file(path, layer="dates").set_index("date")["layer"].to_dict()
    assert dates["2019-10-31"] == "divisions_2018_10_31"
    assert dates["2023-06-30"] == "divisions"
    assert set(dates.values()) == shapes - {"changes"}
    changes = gpd.read_file(path, layer="changes")
    assert "金鹅山村委会" in "".join(changes["villages"])


def test_an_atlas_without_dates_has_today_only(
    tmp_path: Path, serve: Callable[..., TestClient]
) -> None:
    folder = shutil.copytree(DEQING, tmp_path / "deqing")
    lines = shutil.copytree(BOUNDARIES / "deqing", folder / "lines")
    shutil.rmtree(lines / "dates")
    (lines / "changes.geojson").unlink()
    atlas = (folder / "atlas.yaml").read_text(encoding="utf-8")
    (folder / "atlas.yaml").write_text(
        atlas.replace("boundaries: deqing", "boundaries: lines"), encoding="utf-8"
    )
    story = folder / "kangqian.yaml"
    told = story.read_text(encoding="utf-8")
    story.write_text(told.replace("    dates: [2019-10-31, 2020-06-30]\n", ""), encoding="utf-8")
    client = serve(folder=folder)
    assert client.get("/data/boundaries.geojson").status_code == 200
    for name in ("changes.geojson", "boundaries-2018-10-31.geojson"):
        assert client.get(f"/data/{name}").status_code == 404
    path = tmp_path / "boundaries.gpkg"
    path.write_bytes(client.get("/data/boundaries.gpkg").content)
    assert {name for name, _ in pyogrio.list_layers(path)} == {
        "divisions", "figures", "metrics", "provenance",
    }  # fmt: skip
