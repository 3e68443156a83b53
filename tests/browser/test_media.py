"""Pictures, sound and film as readers meet them, in a real browser."""

from __future__ import annotations

import base64
import re
import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.axe_exceptions import SHELL
from tests.support.media import MARKS, MEDIA, VTT, add_media, photo, sound
from tests.support.servers import ROOT, streamlit_server
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Request, Route

    from tests.support.story_page import StoryPage

PHONE = {"width": 390, "height": 844}
RECORD = """async () => {
  const canvas = Object.assign(document.createElement("canvas"), {width: 160, height: 90});
  const pen = canvas.getContext("2d");
  const recorder = new MediaRecorder(canvas.captureStream(20), {mimeType: "video/webm;codecs=vp8"});
  const parts = [];
  recorder.ondataavailable = ({data}) => parts.push(data);
  const ended = new Promise(resolve => { recorder.onstop = resolve; });
  recorder.start();
  for (let frame = 0; frame < 30; frame++) {
    pen.fillStyle = `hsl(${frame * 12} 80% 50%)`;
    pen.fillRect(0, 0, 160, 90);
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
  }
  recorder.stop();
  await ended;
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}"""
"""Films a canvas: a film that this browser made it can play, too."""
SEEK = """async player => {
  player.muted = true;
  await player.play();
  const there = new Promise(resolve => player.addEventListener("seeked", resolve));
  player.currentTime = 50;
  await there;
  return player.currentTime;
}"""
EARLY = """new MutationObserver((_, observer) => {
  const handle = document.querySelector(".compare input");
  if (!handle) return;
  observer.disconnect();
  handle.value = "20";
  handle.dispatchEvent(new Event("input", { bubbles: true }));
}).observe(document, { childList: true, subtree: true });"""
"""Moves the handle as soon as it is there, as a quick reader would."""
FILM = """
  - id: firing
    file: media/firing.webm
    still: kiln
    caption: {zh: 烧窑, en: Firing the kiln}
    credit: {zh: 王芳, en: Wang Fang}
    licence: {zh: CC BY 4.0, en: CC BY 4.0}
    captions: {en: media/firing.en.vtt}
    transcript: {en: media/talk.en.txt}
"""


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Path:
    """Deqing with pictures, a sound and a film, which all are made here."""
    folder = tmp_path_factory.mktemp("media") / "atlas"
    shutil.copytree(ROOT / "stories" / "data" / "deqing", folder)
    media = MEDIA.replace("hero: workshop", f"{FILM.strip(chr(10))}\nhero: workshop")
    add_media(folder, "leidian", media=media, marks=f"{MARKS}\n::: film firing :::\n")
    page = browser.new_page()
    film = base64.b64decode(page.evaluate(RECORD))
    page.close()
    (folder / "media" / "firing.webm").write_bytes(film)
    (folder / "media" / "firing.en.vtt").write_text(VTT, encoding="utf-8")
    (folder / "media" / "talk.wav").write_bytes(sound(60, 16_000))
    (folder / "media" / "workshop.jpg").write_bytes(photo(size=(4000, 3000)))
    return folder


@pytest.fixture(scope="module")
def server(atlas: Path) -> Iterator[str]:
    with streamlit_server(ROOT / "serve.py", env={"ATLAS": str(atlas)}) as address:
        yield address


def watched(page: Page) -> list[str]:
    """Name the pictures that are asked for from now on."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if match := re.search(r"/files/[0-9a-f]+/([\w.-]+)", request.url):
            asked.append(match[1])

    page.on("request", note)
    return asked


HERO = "figure.first img"


def loaded(page: Page, picture: str = HERO) -> str:
    """Wait for a picture, and return which file the browser chose."""
    wait_until(
        page,
        "picture => (e => e?.complete && e.naturalWidth > 0)(document.querySelector(picture))",
        picture,
    )
    chosen: str = page.locator(picture).first.evaluate("e => e.currentSrc")
    return chosen.rpartition("/")[2]


@pytest.mark.parametrize(
    ("density", "file"),
    [(1, "workshop-640.webp"), (2, "workshop-960.webp"), (3, "workshop-1280.webp")],
)
def test_a_browser_takes_the_size_that_its_screen_shows(
    visit: Callable[..., StoryPage], server: str, density: int, file: str
) -> None:
    reader = visit(f"{server}/?town=leidian&lang=en", viewport=PHONE, device_scale_factor=density)
    assert loaded(reader.page) == file


def test_pictures_are_fetched_as_they_are_come_to(
    new_page: Callable[..., Page], server: str
) -> None:
    page = new_page(viewport=PHONE)
    asked = watched(page)
    page.goto(f"{server}/?town=leidian&lang=en")
    loaded(page)
    early = {name for name in asked if name != "kiln-800.jpg"}  # a film's still may come at once
    assert len(early) == 1  # the one that the head names, too

    page.locator(".compare").scroll_into_view_if_needed()

    loaded(page, ".compare .after img")
    assert [name for name in asked if "kiln" in name and name.endswith("webp")]
    assert not {"talk.wav", "firing.webm"} & set(asked)  # nobody has pressed play


def test_nothing_moves_when_a_picture_comes(new_page: Callable[..., Page], server: str) -> None:
    page = new_page(viewport=PHONE)
    held: list[Route] = []
    released: list[bool] = []

    def hold(route: Route) -> None:
        if released:
            route.continue_()
        else:
            held.append(route)

    page.route("**/files/**", hold)
    page.goto(f"{server}/?town=leidian&lang=en")
    page.locator(HERO).wait_for(state="attached")
    wait_until(page, "() => document.querySelector('figure.first img').clientHeight > 100")
    where = """() => ["figure.first", ".ledger", ".gallery", ".compare", ".film"].map(part =>
        (box => [box.height, box.width])(document.querySelector(part).getBoundingClientRect()))"""
    before = page.evaluate(where)

    released.append(True)
    for route in held:
        route.continue_()
    loaded(page)
    for part in (".gallery", ".compare", ".film"):
        page.locator(part).scroll_into_view_if_needed()
    loaded(page, ".compare .after img")

    assert page.evaluate(where) == before


def test_a_handle_that_was_moved_early_is_followed(
    new_page: Callable[..., Page], server: str
) -> None:
    page = new_page(locale="en")
    page.add_init_script(EARLY)
    page.goto(f"{server}/?town=leidian&lang=en")
    expect(page.locator(".compare")).to_have_attribute("style", re.compile("--at: 20%"))


def test_a_handle_moves_by_keys(visit: Callable[..., StoryPage], server: str) -> None:
    page = visit(f"{server}/?town=leidian&lang=en").page
    pair = page.locator(".compare")
    handle = page.get_by_role("slider", name="Comparison of two pictures")
    handle.focus()
    for key, at in (("Home", "0%"), ("ArrowRight", "1%"), ("End", "100%")):
        page.keyboard.press(key)
        expect(pair).to_have_attribute("style", re.compile(f"--at: {at}"))
    page.keyboard.press("Home")
    first = pair.locator(".before")
    shown = "e => document.elementFromPoint(...(b => [b.x + b.width / 4, b.y + b.height / 2])"
    shown += "(e.getBoundingClientRect())).closest('.before') !== null"
    pair.scroll_into_view_if_needed()
    assert not first.evaluate(shown)
    handle.focus()
    page.keyboard.press("End")
    pair.locator(".pair").scroll_into_view_if_needed()
    wait_until(page, f"() => ({shown})(document.querySelector('.compare .before'))")


def test_a_player_goes_on_where_it_is_told_to(visit: Callable[..., StoryPage], server: str) -> None:
    page = visit(f"{server}/?town=leidian&lang=en").page
    player = page.locator("audio")
    player.scroll_into_view_if_needed()
    parts: list[tuple[int, str]] = []
    page.on(
        "response",
        lambda answer: (
            parts.append((answer.status, answer.headers.get("content-range", "")))
            if "talk.wav" in answer.url
            else None
        ),
    )
    time = player.evaluate(SEEK)
    assert time >= 50
    assert parts
    assert {status for status, _ in parts} == {206}


def test_a_film_plays_with_its_captions(visit: Callable[..., StoryPage], server: str) -> None:
    page = visit(f"{server}/?town=leidian&lang=en").page
    film = page.get_by_label("Firing the kiln")
    film.scroll_into_view_if_needed()
    assert "kiln-" in str(film.get_attribute("poster"))
    film.evaluate("async film => { film.muted = true; await film.play(); }")
    wait_until(
        page,
        """() => {
          const {textTracks: [track], readyState} = document.querySelector("video");
          return readyState > 1 && track.mode === "showing" && track.cues?.length === 1;
        }""",
    )
    said = film.evaluate("film => film.textTracks[0].cues[0].text")
    assert said == "The kiln is lit."
    transcript = page.locator(".film details.transcript")
    transcript.locator("summary").click()
    expect(transcript).to_contain_text("We make pots.")


def test_a_film_elsewhere_is_a_card_and_loads_nothing(
    visit: Callable[..., StoryPage], server: str
) -> None:
    page = visit(f"{server}/?town=leidian&lang=en").page
    card = page.get_by_role("link", name="The film")
    expect(card).to_have_attribute("href", "https://films.example/watch?v=1")
    expect(card).to_contain_text("films.example")
    assert page.locator("iframe:not([src*='st_folium'])").count() == 0


def test_a_picture_that_did_not_come_is_asked_for_again(
    new_page: Callable[..., Page], server: str
) -> None:
    page = new_page(viewport=PHONE)
    failed: list[str] = []

    def fail_once(route: Route) -> None:
        if route.request.url in failed or len(failed) > 1:
            route.continue_()
        else:
            failed.append(route.request.url)
            route.fulfill(status=404)

    page.route("**/files/**/workshop-*", fail_once)
    page.goto(f"{server}/?town=leidian&lang=en")
    loaded(page)
    assert failed


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_shut_out(visit: Callable[..., StoryPage], server: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    reader = visit(
        f"{server}/?town=leidian&lang=zh", viewport=PHONE, color_scheme=scheme, has_touch=True
    )
    loaded(reader.page)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(reader.page, options={"runOnly": {"type": "tag", "values": tags}}).response
    wrong = [
        f"{each['id']}: {node['target']} {node['failureSummary']}"
        for each in found["violations"]
        for node in each["nodes"]
        if not any(part in str(node["target"]) for part in SHELL.get(each["id"], ()))
    ]
    assert wrong == []
    assert reader.overflow() == 0
    for target in (".compare input", ".sound summary", ".elsewhere"):
        box = reader.page.locator(target).first.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44, target


def test_without_scripts_all_of_it_is_there(new_page: Callable[..., Page], server: str) -> None:
    page = new_page(viewport=PHONE, java_script_enabled=False)
    page.goto(f"{server}/?town=leidian&lang=en")
    page.locator(".compare").scroll_into_view_if_needed()
    before, after = (
        page.locator(f".compare .{part}").bounding_box() for part in ("before", "after")
    )
    assert before
    assert after
    assert before["x"] + before["width"] <= after["x"] + 1  # side by side
    assert before["width"] > 100
    expect(page.locator(".compare input")).to_be_hidden()
    expect(page.locator("audio")).to_be_visible()
    page.locator(".sound details summary").click()
    expect(page.locator(".sound details")).to_contain_text("We make pots.")


def test_on_paper_two_pictures_stand_side_by_side(
    visit: Callable[..., StoryPage], server: str
) -> None:
    page = visit(f"{server}/?town=leidian&lang=en").page
    page.locator(".compare").wait_for(state="attached")
    page.emulate_media(media="print")
    boxes = [page.locator(f".compare .{part}").bounding_box() for part in ("before", "after")]
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"] + 1
    expect(page.locator(".gallery figure").first).to_be_visible()
    expect(page.locator(".gallery figure").nth(1)).to_be_hidden()
    expect(page.locator("video")).to_be_hidden()


def test_streamlit_alone_shows_pictures_and_plays_sound(
    visit: Callable[..., StoryPage], atlas: Path
) -> None:
    with streamlit_server(ROOT / "streamlit_app.py", env={"ATLAS": str(atlas)}) as address:
        page = visit(f"{address}/?town=leidian&lang=en").page
        assert loaded(page).startswith("workshop-")
        player = page.locator("audio")
        player.scroll_into_view_if_needed()
        time = player.evaluate(SEEK)
        assert time >= 50
