"""What all tests share: an atlas to test with, the bundled one or a small one, and the browser."""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from stories.files.loader import load_atlas
from stories.model.scene import Scene
from tests.support import chromium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from stories.model.atlas import Atlas

# A busy machine is no fault of the code.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

TESTS = Path(__file__).parent
SHELL = (
    "app/test_page.py",
    "browser/test_first_visit.py",
    "browser/test_headers.py",
    "browser/test_replicas.py",
    "browser/test_several_atlases.py",
    "browser/test_story_map.py",
    "serving/http/test_head.py",
    "serving/streamlit_shell",
)
"""Tests that rest on how Streamlit and streamlit-folium are built: ``make canary`` runs them."""
DEQING = TESTS.parent / "stories" / "data" / "deqing"

ATLAS = """\
id: small
title: {zh: 小图集, en: Small atlas}
place: {zh: 小县, en: Small County}
intro: {zh: 东镇的井。, en: The wells of East.}
languages: [zh, en]
boundaries: small
themes:
  - id: water
    label: {zh: 水, en: Water}
    icon: water_drop
    colour: "#0072B2"
  - id: work
    label: {zh: 业, en: Work}
    icon: factory
    colour: "#D55E00"
stories: [east]
source:
  title: {zh: 一篇报道, en: A report}
"""
TOWN = """\
town: east
themes: [water, work]
section: {zh: 东镇, en: East}
figures:
  - id: wells
    label: {zh: 井, en: Wells}
    unit: count
    value: 12
    period: 2024
    baseline: {value: 10, period: 2023}
    passage: {paragraph: 1}
    quote: 12口井
  - id: wells-change
    label: {zh: 变化, en: Change}
    unit: "%"
    value: 20
    period: 2024
    computed: {formula: percent_change, from: [wells]}
"""
ZH = "# 东镇打井\n\n东镇有12口井。\n\n比上年多20%。\n"
EN = "# East digs wells\n\nEast has 12 wells.\n\nThat is 20% more than the year before.\n"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if any(item.path.is_relative_to(TESTS / each) for each in SHELL):
            item.add_marker("shell")


@pytest.fixture(scope="session", autouse=True)
def _installed_once() -> Iterator[None]:
    """Let Streamlit look once, not for each page, which of all installed packages are for it."""
    scanner = sys.modules.get("streamlit.components.v2.manifest_scanner")
    if scanner is None and "streamlit.testing.v1" in sys.modules:
        scanner = import_module("streamlit.components.v2.manifest_scanner")
    with pytest.MonkeyPatch.context() as patch:
        if scanner is not None:
            scan = scanner.scan_component_manifests
            patch.setattr(scanner, "scan_component_manifests", cache(scan))
        yield


@pytest.fixture(scope="session")
def deqing() -> Atlas:
    return load_atlas(DEQING)


@pytest.fixture(scope="session")
def told(deqing: Atlas) -> Atlas:
    """The bundled atlas, with the scenes s1 and s2 in its first story and in no other."""
    scenes = tuple(Scene.model_validate({"id": f"s{i}", "look": "county"}) for i in (1, 2))
    first, *others = (story.model_copy(update={"scenes": ()}) for story in deqing.stories)
    stories = (first.model_copy(update={"scenes": scenes}), *others)
    return deqing.model_copy(update={"stories": stories})


@pytest.fixture(scope="session")
def small_files() -> dict[str, str]:
    """Return the files of a small atlas without faults, by name."""
    return {"atlas.yaml": ATLAS, "east.yaml": TOWN, "east.zh.md": ZH, "east.en.md": EN}


@pytest.fixture
def small(tmp_path: Path, small_files: dict[str, str]) -> Path:
    """Return a folder that holds them."""
    folder = tmp_path / "small"
    folder.mkdir()
    for name, text in small_files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def bare(small: Path) -> Path:
    """Return the folder of the small atlas without its figures, which a table is to hold."""
    path = small / "east.yaml"
    path.write_text(path.read_text(encoding="utf-8").partition("figures:")[0], encoding="utf-8")
    return small


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the one browser of all tests."""
    with chromium.launched() as launched:
        yield launched
