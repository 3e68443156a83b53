"""Still maps of metrics, and their addresses."""

from __future__ import annotations

import io
import shutil
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from PIL import Image, ImageColor

from serving.card.dates import dates_of_period
from serving.card.metric import PAPER, SHEET_SIZE, metric_still, read_name
from serving.card.scene import draw_scene
from stories.metrics import classify, scale
from stories.model.period import Period, PeriodKind
from stories.model.scene import Scene
from stories.view.still import STILL_SIZE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.testclient import TestClient

    from serving.store.snapshot import Snapshot

SVG = "{http://www.w3.org/2000/svg}"
NAMES = ["density.2018-10-31", "villages.2023-06-30", "area.2023-06-30"]


def words(content: bytes) -> list[str]:
    picture = ET.fromstring(content)  # our own
    return [each.text or "" for each in picture.iter(f"{SVG}text")]


def share(content: bytes, colour: str) -> float:
    """Return which part of a picture is nearly of a colour."""
    wanted = ImageColor.getrgb(colour)[:3]
    pixels = list(Image.open(io.BytesIO(content)).convert("RGB").get_flattened_data())
    same = [
        pixel for pixel in pixels
        if isinstance(pixel, tuple)
        and sum(abs(one - other) for one, other in zip(pixel, wanted, strict=True)) < 30
    ]  # fmt: skip
    return len(same) / len(pixels)


@pytest.mark.parametrize("name", NAMES)
def test_each_period_has_a_small_map_without_words(client: TestClient, name: str) -> None:
    drawn = client.get(f"/metric/{name}.svg")
    assert (drawn.status_code, drawn.headers["content-type"]) == (200, "image/svg+xml")
    assert words(drawn.content) == []
    picture = client.get(f"/metric/{name}.png")
    assert picture.headers["content-type"] == "image/png"
    assert Image.open(io.BytesIO(picture.content)).size == STILL_SIZE
    assert len(picture.content) < 40_000
    again = client.get(f"/metric/{name}.png", headers={"If-None-Match": picture.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", ["村和社区密度，2023年6月30日", "雷甸", "无数据", "复原的界线"]),
        ("en", ["Density of villages and communities, 30 June 2023", "Leidian"]),
    ],
)
def test_a_map_to_take_away_says_what_and_from_whom(
    client: TestClient, lang: str, said: list[str]
) -> None:
    found = words(client.get(f"/metric/density.2023-06-30.{lang}.svg").content)
    for each in said if lang == "en" else [*said[:2], said[3]]:
        assert each in found
    link = f"https://atlas.example/?metric=density&period=2023-06-30&lang={lang}"
    assert found[-1] == link
    assert any("China" in each or "国家统计局" in each for each in found)
    picture = client.get(f"/metric/density.2023-06-30.{lang}.png")
    assert Image.open(io.BytesIO(picture.content)).size == SHEET_SIZE


def test_what_has_no_value_is_in_the_key(serve: Callable[..., TestClient], tmp_path: Path) -> None:
    shutil.copytree("stories/data/deqing", tmp_path / "deqing")
    table = tmp_path / "deqing" / "metrics.csv"
    rows = table.read_text(encoding="utf-8").splitlines(keepends=True)
    last = next(row for row in reversed(rows) if "2023-06-30" in row)
    table.write_text("".join(row for row in rows if row != last), encoding="utf-8")
    client = serve(folder=tmp_path / "deqing")
    assert "无数据" in words(client.get("/metric/density.2023-06-30.zh.svg").content)
    assert "无数据" not in words(client.get("/metric/density.2022-10-31.zh.svg").content)


def test_the_key_says_the_classes_as_the_legend_does(
    serve: Callable[..., TestClient], tmp_path: Path
) -> None:
    shutil.copytree("stories/data/deqing", tmp_path / "deqing")
    file = tmp_path / "deqing" / "atlas.yaml"
    text = file.read_text(encoding="utf-8")
    assert "{by: quantiles, number: 4}" in text
    given = text.replace("{by: quantiles, number: 4}", "{by: given, edges: [0.2]}")
    file.write_text(given, encoding="utf-8")
    client = serve(folder=tmp_path / "deqing")
    legend = BeautifulSoup(client.get("/?metric=density&lang=en").text, "html.parser")
    said = [each.get_text() for each in legend.select("noscript .metric-bar i.fill + span")]
    assert len(said) == 2
    key = words(client.get("/metric/density.2023-06-30.en.svg").content)
    assert said == [each for each in key if each in said]


def test_a_period_is_drawn_on_the_boundaries_of_its_time(client: TestClient) -> None:
    before, after = (
        words(client.get(f"/metric/density.{day}.zh.svg").content)
        for day in ("2019-10-31", "2020-06-30")
    )
    assert "康乾" not in before  # it did not exist yet, so that nothing of it lacks a value
    assert "无数据" not in before
    assert "康乾" in after


@pytest.mark.parametrize(
    ("period", "dates"),
    [
        ("2015", ("2018-10-31",)),
        ("2018", ("2018-10-31",)),
        ("2019-10", ("2019-10-31",)),
        ("2020-06-29", ("2019-10-31",)),
        ("2020-Q2", ("2020-06-30",)),
        ("2019-11-01/2020-06-30", ("2020-06-30",)),
        ("2023-06-30", ()),
        ("2024", ()),
        (None, ()),
    ],
)  # as tests/scripts/boundary_dates.test.js has it for the map
def test_the_boundaries_of_a_period(
    snapshot: Snapshot, period: str | None, dates: tuple[str, ...]
) -> None:
    asked = Period.of(period) if period else Period(kind=PeriodKind.UNSTATED)
    assert dates_of_period(snapshot, asked) == dates


def test_a_scene_draws_a_period_on_the_boundaries_of_its_time(snapshot: Snapshot) -> None:
    def picture(**keys: object) -> bytes:
        scene = {"id": "s", "look": "county", "metric": "density", "period": "2018-10-31", **keys}
        return draw_scene("leidian", Scene.model_validate(scene), snapshot)

    then = picture()
    assert then == picture(date="2018-10-31")
    assert then != picture(date="2023-06-30")


@pytest.mark.parametrize(
    "name",
    ["density.svg", "density.2017.svg", "none.2023-06-30.svg", "density.2023-06-30.fr.svg",
     "density.2023-06-30.gif", "density.2023-06-30.zh.zh.svg", "density..svg"],
)  # fmt: skip
def test_there_is_no_other(client: TestClient, name: str) -> None:
    assert client.get(f"/metric/{name}").status_code == 404


def test_of_several_atlases_each_has_its_own(
    serve: Callable[..., TestClient], tmp_path: Path
) -> None:
    for name in ("north", "south"):
        shutil.copytree("stories/data/deqing", tmp_path / name)
    client = serve(folder=tmp_path)
    found = words(client.get("/metric/north/density.2023-06-30.en.svg").content)
    assert found[-1].startswith("https://atlas.example/?atlas=north&metric=density")
    assert client.get("/metric/density.2023-06-30.en.svg").status_code == 404


def test_a_map_with_a_link_is_kept_apart_for_each_proxy(client: TestClient) -> None:
    small, sheet = (
        client.get(f"/metric/density.2023-06-30{lang}.png").headers.get("vary", "")
        for lang in ("", ".en")
    )
    assert "X-Forwarded-Host" not in small
    assert {"X-Forwarded-Host", "X-Forwarded-Prefix"} <= set(sheet.split(", "))


def test_the_colours_are_those_of_the_classes(snapshot: Snapshot) -> None:
    asked = read_name("density.2023-06-30", snapshot)
    assert asked
    drawn = metric_still(snapshot, asked, "png")
    classes = classify(asked.series)
    counts = classes.counts(asked.series.at(asked.period))
    for colour, count in zip(scale(classes).light, counts, strict=True):
        assert (share(drawn, colour) > 0.005) == (count > 0)


def test_a_scene_may_show_a_metric(snapshot: Snapshot) -> None:
    def picture(**scene: object) -> bytes:
        return draw_scene("leidian", Scene.model_validate({"id": "s", **scene}), snapshot)

    tone = snapshot.atlas.colours()["leidian"]
    series = snapshot.series["density"]
    classes = classify(series)
    cells = series.at(series.latest)
    colour = scale(classes).light[classes.index(cells["leidian"].value)]
    plain, coloured = picture(look="county"), picture(look="county", metric="density")
    assert share(plain, tone) > 0.01 > share(coloured, tone)
    assert share(coloured, colour) > 0.01
    lit = picture(look="county", metric="density", light="leidian", dim=True)
    assert 0 < share(lit, colour) < share(coloured, colour)


def test_the_key_of_a_map_to_take_away_has_circles_as_large_as_the_map(
    client: TestClient, snapshot: Snapshot
) -> None:
    series = snapshot.series["villages"]
    largest = series.values[-1]
    period = next(
        each for each in series.periods
        if largest in {cell.value for cell in series.at(each).values()}
    )  # fmt: skip
    drawn = ET.fromstring(client.get(f"/metric/villages.{period}.en.svg").content)  # our own
    circles = [
        (float(each.get("r", 0)), each.get("fill", "")) for each in drawn.iter(f"{SVG}circle")
    ]
    in_key = [radius for radius, fill in circles if fill == PAPER]
    on_map = {radius for radius, fill in circles if fill != PAPER}
    assert in_key[0] == max(on_map)
    quarter = round(largest / 4, series.metric.decimals)
    assert in_key[1] == pytest.approx(in_key[0] * float(quarter / largest) ** 0.5, abs=0.1)
