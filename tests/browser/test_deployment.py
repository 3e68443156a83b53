"""Readers while a host deploys, and behind a proxy that takes a path away."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.support.proxy import Faults, proxy
from tests.support.servers import ROOT, running_server
from tests.support.story_page import StoryPage
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

DEQING = ROOT / "stories" / "data" / "deqing"
NOTICE = "This atlas is being edited. You are looking at the last complete version."
VIEW = "?town=leidian&lang=en"
SERVED = """async words =>
  (await (await fetch("data/stories.json", { cache: "no-store" })).text()).includes(words)"""
"""Asked of the server itself: browsers may keep what it answers for some minutes."""


def release(folder: Path, headline: str) -> Path:
    shutil.copytree(DEQING, folder)
    file = folder / "leidian.en.md"
    _, _, rest = file.read_text(encoding="utf-8").partition("\n")
    file.write_text(f"# {headline}\n{rest}", encoding="utf-8")
    return folder


def point(link: Path, to: Path) -> None:
    draft = link.with_name("draft")
    draft.symlink_to(to)
    draft.rename(link)


def wait_until_served(page: Page, words: str) -> None:
    """Wait until the server has looked at its folder again, as it does every half second."""
    wait_until(page, SERVED, words)


def test_a_deployment_by_link_reaches_readers_and_its_end_takes_nothing_away(
    new_page: Callable[..., Page], tmp_path: Path
) -> None:
    first, second = (release(tmp_path / name, f"Story of {name}") for name in ("one", "two"))
    link = tmp_path / "current"
    link.symlink_to(first)
    with running_server(ROOT / "serve.py", env={"ATLAS": os.path.relpath(link, ROOT)}) as server:
        page = new_page(locale="en")
        page.goto(f"{server.address}/{VIEW}")
        reader = StoryPage(page)
        expect(reader.heading).to_have_text("Story of one")
        point(link, second)
        wait_until_served(page, "Story of two")
        page.reload()
        expect(reader.heading).to_have_text("Story of two")
        shutil.rmtree(second)
        page.reload()
        expect(reader.heading).to_have_text("Story of two")
        expect(page.get_by_text(NOTICE)).to_be_visible()
        assert page.request.get(f"{server.address}/_stcore/health").status == 200
        assert page.request.get(f"{server.address}/readyz?strict").status == 503
        point(link, first)
        expect(page.get_by_text(NOTICE)).to_have_count(0)
    assert any("current is not whole" in line for line in server.log)


def test_a_page_below_a_path_that_the_proxy_takes_away(new_page: Callable[..., Page]) -> None:
    with (
        running_server(ROOT / "serve.py") as server,
        proxy(server.address, faults := Faults(strip="/stories")) as outside,
    ):
        faults.change = lambda headers: headers.update(
            {"x-forwarded-prefix": "/stories", "x-forwarded-host": urlsplit(outside).netloc}
        )
        address = f"{outside}/stories/"
        page = new_page(locale="en")
        page.goto(f"{address}{VIEW}")
        reader = StoryPage(page)
        reader.wait_for_map()
        canonical = page.locator("link[rel=canonical]")
        expect(canonical).to_have_attribute("href", f"{address}{VIEW}")
        page.get_by_role("button", name="Share").click()
        link = page.get_by_label("Address")
        expect(link).to_have_value(f"{address}{VIEW}")
        for each in page.locator("a[href*='data/']").all():
            found = each.evaluate("link => link.href")
            assert found.startswith(f"{address}data/")
            assert page.request.get(found).status == 200
