"""Files, lines, hosts and clocks that fail under a reader: what was last whole stays."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.support.servers import ROOT, running_server, streamlit_server
from tests.support.story_page import StoryPage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page, Route, WebSocketRoute

NOTICE = "This atlas is being edited. You are looking at the last complete version."
STORIES = ROOT / "stories" / "data" / "deqing"
LEIDIAN, XINAN = (
    (STORIES / f"{town}.en.md").read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
    for town in ("leidian", "xinan")
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An atlas with boundaries of its own, to be broken and mended."""
    copy = tmp_path_factory.mktemp("atlases") / "deqing"
    shutil.copytree(ROOT / "stories" / "data" / "deqing", copy)
    shutil.copytree(ROOT / "geo" / "data" / "deqing", copy / "shapes")
    atlas = copy / "atlas.yaml"
    text = atlas.read_text(encoding="utf-8")
    assert "boundaries: deqing" in text
    atlas.write_text(text.replace("boundaries: deqing", "boundaries: shapes"), encoding="utf-8")
    return copy


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    with streamlit_server(ROOT / "serve.py", env={"ATLAS": str(folder)}) as address:
        yield address


@pytest.fixture(scope="module")
def either(site: str, folder: Path) -> Iterator[dict[str, str]]:
    """Where the page is with everything around it, and where as any host runs it."""
    with streamlit_server(ROOT / "streamlit_app.py", env={"ATLAS": str(folder)}) as plain:
        yield {"serve.py": site, "streamlit_app.py": plain}


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Iterator[Page]:
    page = new_page(locale="en")
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    yield page
    assert broken == []


def read(page: Page, site: str, query: str = "town=leidian&lang=en") -> StoryPage:
    page.goto(f"{site}/?{query}")
    reader = StoryPage(page)
    reader.wait_for_map()
    return reader


# ---- files ------------------------------------------------------------------------------

BREAKAGES = {
    "deleted boundaries": ("shapes/divisions.geojson", None),
    "half-written boundaries": ("shapes/divisions.geojson", 0.5),
    "empty boundaries": ("shapes/divisions.geojson", 0.0),
    "story saved in mid-edit": ("leidian.yaml", 0.5),
    "words cut off": ("xinan.en.md", 0.0),
    "atlas cut off": ("atlas.yaml", 0.5),
    "deleted atlas": ("atlas.yaml", None),
}


@pytest.mark.parametrize("breakage", BREAKAGES)
def test_what_was_last_whole_stays_and_is_healed(
    page: Page, site: str, folder: Path, breakage: str
) -> None:
    name, share = BREAKAGES[breakage]
    file = folder / name
    whole = file.read_bytes()
    reader = read(page, site)
    expect(page.get_by_text(NOTICE)).to_be_hidden()
    try:
        if share is None:
            file.unlink()
        else:
            half = whole[: int(len(whole) * share)]
            file.write_bytes(half + b"\n  - {id: " if name == "leidian.yaml" else half)

        reader.press("xinan")  # who is reading goes on
        expect(reader.heading).to_have_text(XINAN)
        reader = read(page, site)  # and so does who comes now, and is told
        expect(reader.heading).to_have_text(LEIDIAN)
        expect(reader.map.locator("path.division")).to_have_count(13)
        expect(page.get_by_text(NOTICE)).to_be_visible()
    finally:
        file.write_bytes(whole)
    reader = read(page, site)
    expect(reader.heading).to_have_text(LEIDIAN)
    expect(page.get_by_text(NOTICE)).to_be_hidden()  # who came too early sees it go


@pytest.mark.parametrize("script", ["serve.py", "streamlit_app.py"])
def test_the_notice_comes_and_goes_by_itself(
    page: Page, either: dict[str, str], folder: Path, script: str
) -> None:
    """Nothing is asked through Streamlit's line for it, and a reader stays where they are."""
    sent: list[str | bytes] = []

    def note(frame: str | bytes) -> None:
        sent.append(frame)

    page.on("websocket", lambda line: line.on("framesent", note))
    page.set_viewport_size({"width": 800, "height": 500})
    reader = read(page, either[script])
    reader.mark_frame()
    source = reader.panel.locator("summary").last
    source.focus()
    source.scroll_into_view_if_needed()
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    place, talk = source.bounding_box(), len(sent)
    notice = page.get_by_role("status").filter(has_text=NOTICE)

    words = folder / "xinan.en.md"
    whole = words.read_bytes()
    try:
        words.write_bytes(b"")
        expect(notice).to_be_in_viewport(ratio=1)
        assert source.bounding_box() == place
    finally:
        words.write_bytes(whole)
    expect(notice).not_to_be_attached()

    assert source.bounding_box() == place
    expect(source).to_be_focused()
    reader.expect_same_frame()
    assert len(sent) == talk > 0


@pytest.mark.parametrize("stamp", [1, 4_000_000_000])
def test_a_clock_that_jumped_hides_no_change(
    page: Page, site: str, folder: Path, stamp: int
) -> None:
    """A file saved while the clock was wrong is older, or much newer, than all others."""
    words = folder / "leidian.en.md"
    whole = words.read_bytes()
    try:
        words.write_bytes(whole.replace(LEIDIAN.encode(), f"Clock at {stamp}".encode()))
        os.utime(words, (stamp, stamp))
        page.goto(f"{site}/?town=leidian&lang=en")
        expect(StoryPage(page).heading).to_have_text(f"Clock at {stamp}")
    finally:
        words.write_bytes(whole)


def test_a_readers_clock_may_jump(page: Page, site: str) -> None:
    page.clock.install()
    reader = read(page, site)
    page.clock.set_system_time("2009-01-01")
    reader.press("xinan")
    expect(reader.heading).to_have_text(XINAN)
    page.clock.set_system_time("2099-01-01")
    reader.press("leidian")
    expect(reader.heading).to_have_text(LEIDIAN)


# ---- lines and hosts --------------------------------------------------------------------


def test_a_click_on_which_the_line_was_cut_is_answered_later(page: Page, site: str) -> None:
    cut: list[int] = []

    def between(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def on_message(message: str | bytes) -> None:
            words = message if isinstance(message, str) else message.decode(errors="replace")
            if not cut and '"town":"xinan"' in words.replace(" ", ""):
                cut.append(1)  # the click itself is swallowed
                socket.close()
                server.close()
            else:
                server.send(message)

        socket.on_message(on_message)

    page.route_web_socket("**/_stcore/stream", between)
    reader = read(page, site)
    reader.press("xinan")
    expect(reader.heading).to_have_text(XINAN)
    assert cut == [1]
    expect(reader.chosen()).to_have_attribute("data-slug", "xinan")
    assert reader.query == {"town": ["xinan"], "lang": ["en"]}


def test_a_restart_heals(page: Page, folder: Path) -> None:
    env = {"ATLAS": str(folder)}
    with running_server(ROOT / "serve.py", env=env) as first:
        reader = read(page, first.address, "town=leidian&theme=environment&lang=en")
        port = urlsplit(first.address).port
        first.process.kill()
        first.process.wait()
        reader.press("yuyue")  # nobody is there to hear it
        with running_server(ROOT / "serve.py", env=env, port=port):
            expect(reader.panel).to_have_attribute(
                "data-query", "town=yuyue&theme=environment&lang=en"
            )
            expect(reader.chosen()).to_have_attribute("data-slug", "yuyue")


@pytest.mark.parametrize("kind", ["dead", "slow", "wrong"])
def test_the_map_does_without_its_base_map(page: Page, site: str, kind: str) -> None:
    held: list[Route] = []

    def answer(route: Route) -> None:
        if kind == "slow":
            held.append(route)  # and never answered
        elif kind == "dead":
            route.abort("connectionrefused")
        else:
            route.fulfill(status=503, body="busy")

    page.route("https://tile.openstreetmap.org/**", answer)
    reader = read(page, site)
    with page.expect_request("https://tile.openstreetmap.org/**"):
        reader.map.locator(".base-map").click()
    if kind != "slow":
        expect(reader.map.locator(".notice")).not_to_be_empty()
    reader.press("xinan")
    expect(reader.heading).to_have_text(XINAN)
    expect(reader.map.locator("path.division")).to_have_count(13)
    for route in held:
        route.abort()
    page.unroute_all(behavior="ignoreErrors")
