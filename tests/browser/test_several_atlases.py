"""Several atlases on one server, as a reader meets them; one is broken while they read."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.servers import ROOT, streamlit_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.support.story_page import StoryPage

    OpenPage = Callable[..., StoryPage]

DEQING = ROOT / "stories" / "data" / "deqing"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with Deqing, the same in German and traditional Chinese, and a broken one."""
    folder = tmp_path_factory.mktemp("library")
    for name in ("deqing", "german", "broken"):
        shutil.copytree(DEQING, folder / name)
    for file in (folder / "german").iterdir():
        if file.suffix == ".md":
            lang = {"zh": "zh-Hant", "en": "de"}[file.name.split(".")[1]]
            file.rename(file.with_name(f"{file.name.split('.')[0]}.{lang}.md"))
            continue
        text = file.read_text(encoding="utf-8")
        text = text.replace("en: Deqing Story Atlas", "de: Deqinger Geschichten")
        text = text.replace("languages: [zh, en]", "languages: [de, zh-Hant]")
        text = text.replace("zh: ", "zh-Hant: ").replace("en: ", "de: ")
        file.write_text(text, encoding="utf-8")
    (folder / "broken" / "xinan.yaml").write_text("town: xinan\nthemes: [", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def server(library: Path) -> Iterator[str]:
    """Where `open_page` looks."""
    with streamlit_server(ROOT / "streamlit_app.py", env={"ATLAS": str(library)}) as address:
        yield address


@pytest.fixture
def start(new_page: Callable[..., Page], server: str) -> Page:
    page = new_page(locale="en-GB")
    page.goto(f"{server}/?lang=en")
    page.locator(".offers li").first.wait_for()  # the first page of a server takes its time
    return page


def test_the_start_page_leads_to_each_atlas_and_back(start: Page, open_page: OpenPage) -> None:
    cards = start.locator(".offers li")
    expect(cards).to_have_count(2)
    expect(start).to_have_title("Story atlases")
    expect(cards.first).to_contain_text("Deqing County")
    expect(cards.first).to_contain_text("4 stories")
    drawn = "image => image.complete && image.naturalWidth > 0"
    assert all(cards.locator("img").evaluate_all(f"images => images.map({drawn})"))

    start.get_by_role("link", name="Deqing Story Atlas").click()
    start.wait_for_url("**/?atlas=deqing&lang=en")
    start.get_by_role("link", name="All atlases").click()
    start.wait_for_url("**/?lang=en")
    expect(cards).to_have_count(2)

    reader = open_page("atlas=deqing&lang=en")
    reader.mark_frame()
    reader.press("leidian")
    expect(reader.heading).to_have_text("Leidian: seven foundries upgraded, and the air is cleaner")
    assert reader.query == {"atlas": ["deqing"], "town": ["leidian"], "lang": ["en"]}
    reader.page.go_back()
    expect(reader.chosen()).to_have_count(0)
    reader.expect_same_frame()


def test_an_atlas_in_other_languages_draws(open_page: OpenPage) -> None:
    reader = open_page("atlas=german", locale="de-AT")
    reader.mark_frame()

    expect(reader.page).to_have_title("Deqinger Geschichten")
    expect(reader.panel).to_have_attribute("lang", "de")
    expect(reader.panel).to_have_attribute("dir", "ltr")
    assert reader.page.evaluate("document.documentElement.lang") == "de"
    expect(reader.panel).to_contain_text("548.568")  # numbers as German sets them
    expect(reader.map.locator("path.division")).to_have_count(13)
    reader.page.get_by_role("link", name="中文 (繁體)").click()
    expect(reader.panel).to_have_attribute("lang", "zh-Hant")
    expect(reader.map.locator("html")).to_have_attribute("lang", "zh-Hant")
    expect(reader.map.locator(".label span.story", has_text="雷甸镇")).to_have_count(1)
    reader.expect_same_frame()


def test_an_atlas_that_was_never_whole_names_its_faults(start: Page, server: str) -> None:
    start.goto(f"{server}/?atlas=broken&lang=en")

    faults = start.locator(".faults")
    expect(faults).to_contain_text("This atlas is not complete yet")
    expect(faults.locator("code").first).to_have_text("broken/xinan.yaml:2:10")


def test_an_atlas_that_was_never_whole_comes_by_itself(
    visit: Callable[..., StoryPage], server: str, library: Path
) -> None:
    folder = library / "late"
    shutil.copytree(library / "broken", folder)
    try:
        reader = visit(f"{server}/?atlas=late&town=leidian&lang=en")
        expect(reader.page.locator(".faults")).to_contain_text("This atlas is not complete yet")
        shutil.copy(DEQING / "xinan.yaml", folder)
        expect(reader.heading).to_contain_text("Leidian")
        expect(reader.page.locator(".faults")).to_have_count(0)
    finally:
        shutil.rmtree(folder)


def test_readers_keep_the_last_whole_page_and_hear_no_details(
    open_page: OpenPage, library: Path
) -> None:
    open_page("atlas=deqing&lang=en")  # it was whole once
    file = library / "deqing" / "xinan.yaml"
    before = file.read_text(encoding="utf-8")
    file.write_text(before.replace("figures:", "figuers:"), encoding="utf-8")
    try:
        reader = open_page("atlas=deqing&town=xinan&lang=en")
        expect(reader.page.get_by_text("This atlas is being edited")).to_be_visible()
        expect(reader.panel.locator(".cards .card").first).to_be_visible()
        expect(reader.page.get_by_text("figuers")).to_have_count(0)
    finally:
        file.write_text(before, encoding="utf-8")
