"""Boundaries of several dates: what the stories are told, the still maps, and the check."""

from __future__ import annotations

import io
import shutil
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from geo.map.component import read_choice
from geo.map.protocol import Choice
from serving.card.dates import draw_dates, hatching
from serving.map_content import map_content
from serving.session import PageSession
from serving.store.snapshot import SnapshotStore
from tests.conftest import DEQING
from tests.support.command import main

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

    from serving.store.snapshot import Snapshot

FIRST, BEFORE, AFTER, LATEST = "2018-10-31", "2019-10-31", "2020-06-30", "2023-06-30"


def test_the_history_of_the_bundled_county(snapshot: Snapshot) -> None:
    history = snapshot.history
    assert (history.dates[0], history.latest, len(history.dates)) == (FIRST, LATEST, 6)
    assert not history.existed("kangqian", BEFORE)
    assert history.existed("kangqian", AFTER)
    came = {
        each.from_slug: sorted(name.get("en") for name in each.villages)
        for each in history.of("kangqian")
    }
    assert came == {
        "qianyuan": ["Jin’eshan Village", "Lianhe Village"],
        "fuxi": ["Qiubei Village", "Qiushan Village"],
        "xiazhuhu": ["Xinqi Village"],
    }
    assert {each.boundary_status for each in history.changes} == {"reconstructed"}
    assert [len(changes) for _, _, changes in history.steps()] == [0, 4, 0, 0, 0]


def test_stills_of_a_date_and_of_two(client: TestClient) -> None:
    for name in (FIRST, LATEST, f"{BEFORE}..{LATEST}"):
        answer = client.get(f"/dates/{name}.png")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
        assert len(answer.content) < 40_000
        again = client.get(f"/dates/{name}.png", headers={"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "name", ["1999-01-01", f"{LATEST}..{BEFORE}", f"{FIRST}..{FIRST}", "..", "x"]
)
def test_there_are_no_others(client: TestClient, name: str) -> None:
    assert client.get(f"/dates/{name}.png").status_code == 404


def test_a_still_shows_the_divisions_of_its_date_and_hatches_what_changed(
    snapshot: Snapshot,
) -> None:
    def pixels(*dates: str) -> bytes:
        drawn = Image.open(io.BytesIO(draw_dates(snapshot, dates)))
        return drawn.convert("RGB").tobytes()

    assert pixels(FIRST) == pixels(BEFORE), "nothing changed between these"
    assert pixels(BEFORE) != pixels(AFTER)
    assert pixels(BEFORE, LATEST) != pixels(LATEST)
    assert len(hatching(snapshot, [BEFORE, LATEST])) == 4
    assert hatching(snapshot, [AFTER, LATEST]) == ()
    assert hatching(snapshot, [BEFORE]) == ()


def test_the_map_is_told_of_dates_and_tells_of_them(snapshot: Snapshot) -> None:
    session = PageSession()
    asked = snapshot.view_of({"lang": ["en"], "date": [BEFORE, LATEST]})
    session.begin(asked, snapshot)
    sent = session.map_state(map_content(asked), asked.view)
    assert (sent.date, sent.against) == (BEFORE, LATEST)
    assert [each["date"] for each in sent.dates] == list(snapshot.history.dates)

    message = {"town": "xinan", "place": None, "seq": 1, "dates": [FIRST]}
    session.choice = read_choice(message)
    assert session.choice == Choice("xinan", 1, None, (FIRST,))
    own = snapshot.view_of({"lang": ["en"], "date": [FIRST], "town": ["xinan"]})
    assert session.map_state(map_content(own), own.view) is sent, "its own choice is no news"
    elsewhere = snapshot.view_of({"lang": ["en"], "town": ["xinan"]})
    assert session.map_state(map_content(elsewhere), elsewhere.view).date is None


@pytest.mark.parametrize("dates", ["2018-10-31", 7, {"a": 1}, [1, None]])
def test_a_browser_can_send_any_dates(dates: object) -> None:
    assert read_choice({"town": None, "seq": 1, "dates": dates}) == Choice(None, 1)


def dated_scene(folder: Path, key: str) -> Path:
    """Copy the atlas, with a scene that names dates."""
    shutil.copytree(DEQING, folder)
    file = folder / "kangqian.yaml"
    text = file.read_text(encoding="utf-8")
    old = "dates: [2019-10-31, 2020-06-30]"
    assert old in text
    file.write_text(text.replace(old, key), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("key", "fault"),
    [
        ("date: 2018-11-30", "error: the boundary set has no date 2018-11-30; use 2018-10-31, "),
        ("dates: [2019-10-31, 2020-07-01]", "error: the boundary set has no date 2020-07-01; use "),
        (
            "dates: [2020-06-30, 2019-10-31]",
            "error: 2020-06-30 is not before 2019-10-31; write the",
        ),
        ("dates: [2020-06-30]", "error: 'dates'"),
        ("date: yesterday", "error: 'date' does not take 'yesterday'"),
        ("date: 2019-10-31\n    dates: [2019-10-31, 2020-06-30]", "has both `date` and `dates`"),
    ],
)
def test_the_check_names_dates_that_cannot_be_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], key: str, fault: str
) -> None:
    folder = dated_scene(tmp_path / "atlas", key)
    assert main(["check", str(folder)]) == 2
    said = capsys.readouterr().out
    (line,) = [each for each in said.splitlines() if fault in each]
    assert "kangqian.yaml:" in line
    state = SnapshotStore(folder).state()
    assert state.snapshot is None
    assert any("kangqian.yaml" in each.file for each in state.faults)


def test_a_set_without_dates_offers_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = dated_scene(tmp_path / "atlas", "date: 2018-10-31")
    bundled = DEQING.parents[2] / "geo" / "data" / "deqing" / "divisions.geojson"
    (folder / "deqing").mkdir()
    shutil.copy(bundled, folder / "deqing")
    assert main(["check", str(folder)]) == 2
    assert "no date 2018-10-31; take it out of the scene" in capsys.readouterr().out
