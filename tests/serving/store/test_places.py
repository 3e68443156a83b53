"""Where the places of an atlas lie: told by the check, converted and drawn."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import numpy as np
import pytest

from geo.crs.datum import gcj02_from_wgs84
from geo.map.component import read_choice
from geo.map.place_file import NAME, place_address
from geo.map.protocol import Choice
from serving.map_content import PLACE_WORDS, map_content
from serving.session import PageSession
from serving.store.snapshot import SnapshotStore, load_snapshot
from stories.files.loader import read_atlas
from tests.support.command import main
from tests.support.placed import place, placed_atlas

if TYPE_CHECKING:
    from pathlib import Path

    from serving.store.snapshot import Snapshot

EAST_OF_YUYUE = 120.40
INSIDE = (120.262, 30.545)


def shifted(lon: float, lat: float) -> tuple[float, float]:
    x, y = gcj02_from_wgs84(np.array([[lon, lat]]))[0]
    return float(x), float(y)


def said(folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    main(["check", str(folder)])
    return capsys.readouterr().out


def test_the_check_finds_nothing_wrong_with_places_that_are_right(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = placed_atlas(tmp_path / "deqing")
    assert said(folder, capsys) == ""


def test_the_check_says_how_far_a_point_is_from_its_division(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = placed_atlas(tmp_path / "deqing", [("yuyue", place("far", EAST_OF_YUYUE, 30.53))])
    lines = (folder / "yuyue.yaml").read_text(encoding="utf-8").splitlines()
    line = next(n for n, text in enumerate(lines, start=1) if "id: far" in text)
    found = said(folder, capsys)
    assert re.search(
        rf"yuyue\.yaml:{line}:\d+: warning: the point lies outside all divisions, "
        r"\d+\.\d km from 'yuyue'; correct the point, or the division it is said to be in",
        found,
    ), found


@pytest.mark.parametrize(
    ("town", "at", "more", "told"),
    [
        ("xinan", INSIDE, "known: measured", "lies in 'yuyue'"),
        ("yuyue", shifted(120.2884, 30.5215), "known: measured", "write `datum: gcj02`"),
        ("yuyue", shifted(120.2884, 30.5215), "known: measured, datum: gcj02", None),
        ("yuyue", (120.2884, 30.5215), "known: measured", None),
    ],
)
def test_a_point_is_held_against_its_own_division(  # noqa: PLR0913, PLR0917
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    town: str,
    at: tuple[float, float],
    more: str,
    told: str | None,
) -> None:
    folder = placed_atlas(tmp_path / "deqing", [(town, place("one", *at, more))])
    found = said(folder, capsys)
    if told is None:
        assert found == ""
    else:
        assert told in found


def test_the_preview_warns_of_it_too(tmp_path: Path) -> None:
    folder = placed_atlas(tmp_path / "deqing", [("yuyue", place("far", EAST_OF_YUYUE, 30.53))])
    state = SnapshotStore(folder, warnings=True).state()
    assert state.is_whole
    [fault] = [each for each in state.faults if "outside all divisions" in each.what]
    assert fault.file == "deqing/yuyue.yaml"


def drawn(snapshot: Snapshot) -> dict[str, dict[str, object]]:
    assert snapshot.places
    features = json.loads((snapshot.places / NAME).read_text(encoding="utf-8"))["features"]
    return {f"{f['properties']['town']}/{f['properties']['place']}": f for f in features}


def test_the_map_is_told_of_every_place_in_every_language(tmp_path: Path) -> None:
    lon, lat = shifted(*INSIDE)
    more = place("shifted", lon, lat, "known: measured, datum: gcj02")
    snapshot = load_snapshot(read_atlas(placed_atlas(tmp_path / "deqing", [("yuyue", more)])))
    found = drawn(snapshot)
    firm, spot, moved = (found[key] for key in ("xinan/shangfeng", "yuyue/south", "yuyue/shifted"))
    assert firm["geometry"] is None
    assert spot["properties"] == {
        "town": "yuyue", "place": "south", "known": "approximate", "within_m": 800,
        "name_zh": "点south", "name_en": "Spot south",
        "note_zh": "点 · 位置误差在800米以内", "note_en": "Spot · location within about 800 metres",
    }  # fmt: skip
    geometry = moved["geometry"]
    assert isinstance(geometry, dict)
    assert geometry["coordinates"] == pytest.approx(INSIDE, abs=1e-6)


def test_a_click_carries_no_places_but_their_address(snapshot: Snapshot) -> None:
    context = snapshot.view_of({"lang": ["en"], "town": ["xinan"], "place": ["shangfeng"]})
    address = place_address(snapshot.places, lambda name, _folder: f"../{name}")
    assert address
    content = map_content(context, address)
    session = PageSession()
    session.choice = Choice("xinan", 1, "shangfeng")
    state = session.map_state(content, context.view)
    assert (state.place, state.places) == ("shangfeng", address)
    assert "Shangfeng" not in json.dumps(vars(state), default=str)
    assert set(PLACE_WORDS) <= set(content.text)
    assert not set(PLACE_WORDS) & set(map_content(context).text)


def test_a_map_is_not_told_of_the_place_that_was_chosen_on_it(snapshot: Snapshot) -> None:
    session = PageSession()
    town = snapshot.view_of({"lang": ["en"], "town": ["xinan"]})
    session.begin(town, snapshot)
    session.choice = Choice("xinan", 1)
    sent = session.map_state(map_content(town), town.view)
    session.choice = Choice("xinan", 2, "shangfeng")
    placed = snapshot.view_of({"lang": ["en"], "town": ["xinan"], "place": ["shangfeng"]})
    assert session.map_state(map_content(placed), placed.view) is sent
    other = snapshot.view_of({"lang": ["en"], "town": ["xinan"], "place": ["qianteng"]})
    assert session.map_state(map_content(other), other.view).place == "qianteng"


@pytest.mark.parametrize(
    ("message", "choice"),
    [
        ({"town": "a", "place": "b", "seq": 1}, Choice("a", 1, "b")),
        ({"town": "a", "place": 7, "seq": 1}, Choice("a", 1)),
        ({"town": "a", "seq": 1}, Choice("a", 1)),
        ({"town": ["a"], "place": "b", "seq": 1}, None),
    ],
)
def test_what_the_map_sends_is_read_with_its_place(
    message: dict[str, object], choice: Choice | None
) -> None:
    assert read_choice(message) == choice
