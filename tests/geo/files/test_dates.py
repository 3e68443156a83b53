"""The dates of a boundary set, as they lie in its folder."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pytest
import shapely

from geo.errors import FaultsError, SourceError
from geo.files.boundary_sets import BOUNDARIES, is_kept, load_set, published
from geo.files.dates import dates_of
from geo.files.map_copies import for_map
from geo.map.component import map_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DEQING = BOUNDARIES / "deqing"
THEN, LATER, NOW = "dates/2018-10-31", "dates/2019-10-31", "dates/2023-06-30"
DIVISIONS, RECORD = "divisions.geojson", "divisions.provenance.json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(DEQING, tmp_path / "lines")


def edit(file: Path, change: Callable[[Any], object]) -> None:
    content = json.loads(file.read_text(encoding="utf-8"))
    change(content)
    file.write_text(json.dumps(content), encoding="utf-8")


def refused(folder: Path) -> str:
    """What is said of a set; the first line of several."""
    with pytest.raises((SourceError, FaultsError)) as error:
        load_set(folder)
    return str(error.value).splitlines()[0]


def test_equal_dates_are_one_frame_and_the_latest_is_todays(folder: Path) -> None:
    found = load_set(folder)
    assert [str(each.date) for each in found.dated] == [
        "2018-10-31", "2019-10-31", "2020-06-30", "2021-10-31", "2022-10-31", "2023-06-30",
    ]  # fmt: skip
    then, later, now, *rest = found.dated
    assert (then.same_as, later.same_as) == (None, then.date)
    assert later.divisions is then.divisions
    assert then.file == later.file == f"{THEN}/{DIVISIONS}"
    assert not then.is_today
    assert now.is_today
    assert now.same_as is None
    assert {each.same_as for each in rest} == {now.date}
    assert all(each.divisions is found.divisions for each in (now, *rest))
    assert {each.file for each in (now, *rest)} == {DIVISIONS}
    assert all(each.provenance for each in found.dated)


def test_a_set_without_dates_has_none(folder: Path) -> None:
    shutil.rmtree(folder / "dates")
    (folder / "changes.geojson").unlink()
    found = load_set(folder)
    assert (found.dated, found.changes) == ((), None)


def test_a_copy_of_todays_file_says_when_it_held(folder: Path) -> None:
    for day in ("2020-06-30", "2021-10-31", "2022-10-31", "2023-06-30", "2019-10-31"):
        shutil.rmtree(folder / "dates" / day)
    (folder / "changes.geojson").unlink()
    assert "copy divisions.geojson to dates/" in refused(folder)
    (folder / "dates" / "2024-01-01").mkdir()
    shutil.copy(folder / DIVISIONS, folder / "dates" / "2024-01-01")
    then, now = load_set(folder).dated
    assert (str(now.date), now.is_today, now.provenance) == ("2024-01-01", True, None)
    assert not then.is_today


def test_hidden_files_and_notes_are_passed_over(folder: Path) -> None:
    for name in (".DS_Store", "README.md"):
        (folder / "dates" / name).write_text("x", encoding="utf-8")
    (folder / "dates" / ".draft").mkdir()
    assert len(dates_of(folder)) == 6


@pytest.mark.parametrize(
    "name", ["2018-13-01", "2018-02-30", "2018", "18-10-31", "2018-10-31 old", "２０１８-10-31"]
)
def test_a_folder_that_is_named_after_no_day_is_refused(folder: Path, name: str) -> None:
    (folder / "dates" / name).mkdir()
    assert refused(folder) == f"dates/{name}: no day; name the folder after a day, as 2018-10-31"
    with pytest.raises(SourceError, match="no day"):
        published(folder)


def test_a_file_in_the_place_of_a_date_is_refused(folder: Path) -> None:
    (folder / "dates" / "2017-10-31.geojson").write_text("{}", encoding="utf-8")
    assert "dates/2017-10-31.geojson: no day" in refused(folder)


def test_a_file_in_the_place_of_all_dates_is_refused(folder: Path) -> None:
    shutil.rmtree(folder / "dates")
    (folder / "dates").write_text("", encoding="utf-8")
    assert "dates: " in refused(folder)


def test_too_many_dates_are_refused(folder: Path) -> None:
    for day in range(100):
        (folder / "dates" / str(dt.date(1900 + day, 1, 1))).mkdir()
    assert "106 dates, more than 100" in refused(folder)


def test_a_date_without_anything_is_refused(folder: Path) -> None:
    (folder / LATER / RECORD).unlink()
    assert refused(folder).startswith(f"{LATER}/{DIVISIONS}: is missing; put it there, or say in")


@pytest.mark.parametrize(
    "same_as",
    [
        "../2019-10-31/divisions.geojson",  # itself
        "../2020-06-30/divisions.geojson",  # later
        "../2010-10-31/divisions.geojson",  # none
        "../../county.geojson",
        "../../../elsewhere/divisions.geojson",
        "/etc/passwd",
    ],
)
def test_a_date_is_like_an_earlier_one_or_todays(folder: Path, same_as: str) -> None:
    edit(folder / LATER / RECORD, lambda record: record.update(same_as=same_as))
    assert refused(folder).startswith(f"{LATER}/{RECORD}: same_as is '{same_as}', which is no")


def test_no_date_is_like_one_that_is_like_another(folder: Path) -> None:
    shutil.copytree(folder / LATER, folder / "dates" / "2020-01-01")
    edit(
        folder / "dates/2020-01-01" / RECORD,
        lambda record: record.update(same_as=f"../2019-10-31/{DIVISIONS}"),
    )
    assert "no earlier date with a file of its own" in refused(folder)


def feature(content: dict[str, Any], slug: str) -> dict[str, Any]:
    return next(each for each in content["features"] if each["properties"]["slug"] == slug)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda c: feature(c, "fuxi")["properties"].pop("slug"), "“slug”"),
        (lambda c: feature(c, "fuxi")["properties"].update(slug="fuxi2"), "slug is 'fuxi2' here"),
        (lambda c: feature(c, "fuxi")["properties"].update(code="1"), "slug 'fuxi' is that of"),
        (lambda c: feature(c, "fuxi")["properties"].update(area_km2="large"), "“area_km2”"),
        (lambda c: feature(c, "fuxi")["properties"].update(name_zh=["阜溪"]), "“name_zh”"),
        (lambda c: feature(c, "fuxi")["properties"].update(note="\x00"), "U+0000"),
        (lambda c: c.update(crs={"properties": {"name": "EPSG:4490"}}), "CRS is EPSG:4490"),
        (lambda c: feature(c, "fuxi").update(geometry=None), "no geometry"),
        (
            lambda c: feature(c, "fuxi").update(geometry=feature(c, "wukang")["geometry"]),
            "overlaps",
        ),
        (lambda c: c.pop("features"), "no feature collection"),
    ],
)
def test_a_fault_of_a_date_is_named_with_its_folder(
    folder: Path, change: Callable[[Any], object], words: str
) -> None:
    edit(folder / THEN / DIVISIONS, change)
    said = refused(folder)
    assert said.startswith(f"{THEN}/{DIVISIONS}:")
    assert words in said


def test_half_a_file_is_named_with_its_line(folder: Path) -> None:
    file = folder / THEN / DIVISIONS
    file.write_text(file.read_text(encoding="utf-8")[:5000], encoding="utf-8")
    assert refused(folder).startswith(f"{THEN}/{DIVISIONS}:3:")


def test_a_pipe_is_refused_and_not_waited_for(folder: Path) -> None:
    (folder / THEN / DIVISIONS).unlink()
    os.mkfifo(folder / THEN / DIVISIONS)
    assert "a named pipe" in refused(folder)
    with pytest.raises(SourceError, match="a named pipe"):
        published(folder)


def test_changes_are_of_the_sets_dates(folder: Path) -> None:
    def other(content: dict[str, Any]) -> None:
        content["features"][0]["properties"]["until"] = "2017-10-31"

    edit(folder / "changes.geojson", other)
    assert refused(folder).startswith("changes.geojson: feature no. 1: “since” is '2019-10-31'")


def test_a_published_set_has_its_dates_and_nothing_else(folder: Path) -> None:
    (folder / THEN / "draft.txt").write_text("secret", encoding="utf-8")
    (folder / "dates" / "draft.txt").write_text("secret", encoding="utf-8")
    copy = published(folder)
    there = {path.relative_to(copy) for path in copy.rglob("*") if path.is_file()}
    given = {path.relative_to(DEQING) for path in DEQING.rglob("*") if path.is_file()}
    assert there == given
    dated = load_set(copy).dated
    assert is_kept(copy, dated)
    for name in (f"{THEN}/{DIVISIONS}", "changes.geojson", "neighbours.geojson"):
        (copy / name).unlink()  # as machines clear old temporary files
        assert not is_kept(copy, dated)
        assert published(folder) == copy
        assert is_kept(copy, dated)


def test_the_map_has_an_address_for_every_date(folder: Path, tmp_path: Path) -> None:
    copy = published(folder)
    (tmp_path / "map.js").write_text("", encoding="utf-8")

    def files() -> Any:  # noqa: ANN401  # of the map
        dated = load_set(copy).dated
        return map_files(copy, tmp_path / "map.js", lambda name, _: f"../{name}", dated)

    found = files()
    assert list(found.dated) == [str(each.date) for each in load_set(copy).dated]
    assert found.dated["2018-10-31"] == found.dated["2019-10-31"]
    assert found.dated["2018-10-31"].endswith(f"/{THEN}/{DIVISIONS}")
    assert {found.dated[day] for day in list(found.dated)[2:]} == {found.divisions}
    assert found.changes.endswith("/changes.geojson")
    assert hash(found) == hash(files())


def test_another_date_is_another_version(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "map.js").write_text("", encoding="utf-8")
    versions = set()
    for name in ("阜溪街道", "阜溪镇"):
        file = folder / THEN / DIVISIONS
        file.write_text(
            file.read_text(encoding="utf-8").replace("阜溪街道", name), encoding="utf-8"
        )
        copy = published(folder)
        versions.add(map_files(copy, tmp_path / "map.js", lambda n, _: n).version)
    assert len(versions) == 2


def test_a_date_across_the_antimeridian_is_drawn_in_one_piece(tmp_path: Path) -> None:
    def write(file: Path, halves: tuple[shapely.Polygon, ...]) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        names = {"code": ["1"], "slug": ["one"], "name_en": ["One"]}
        status = {"boundary_status": ["published"], "source": ["here"]}
        frame = gpd.GeoDataFrame(names | status, geometry=[shapely.MultiPolygon(halves)], crs=4326)
        frame.to_file(file, driver="GeoJSON")

    west, east = shapely.box(-180, 10, -179, 11), shapely.box(179, 10, 180, 11)
    write(tmp_path / DIVISIONS, (west, east))
    write(tmp_path / THEN / DIVISIONS, (west, shapely.box(178, 10, 180, 11)))
    (tmp_path / NOW).mkdir()
    shutil.copy(tmp_path / DIVISIONS, tmp_path / NOW)
    copy = published(tmp_path)
    drawn = for_map(copy, f"{THEN}/{DIVISIONS}")
    assert drawn == f"{THEN}/map_{DIVISIONS}"
    assert gpd.read_file(copy / drawn).total_bounds[0] == 178
    assert gpd.read_file(copy / drawn).geom_type.tolist() == ["Polygon"]
    assert [each.is_today for each in load_set(copy).dated] == [False, True]
