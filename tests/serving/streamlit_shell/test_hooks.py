"""What rests on Streamlit's inside, with each thing it rests on taken away in turn."""

from __future__ import annotations

import logging
import re
import shutil
import tomllib
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from packaging.specifiers import SpecifierSet
from streamlit import file_util, net_util
from streamlit.runtime import Runtime
from streamlit.web.server import server_util

from serving.http import security
from serving.streamlit_shell import components, hook, hooks, own_address
from serving.streamlit_shell.chunks import ELEMENTS
from serving.streamlit_shell.hook import TESTED_WITH, Build, installed
from serving.streamlit_shell.styles import SHEET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.testclient import TestClient

ROOT = Path(__file__).parents[3]
JS = "static/js/*.js"
FRAME = "frame/static/js/main.*.js"
CLASSES = sorted(set(re.findall(r"\.(st[A-Z]\w+)", SHEET.read_text(encoding="utf-8"))))
WEBSITE = '<script src="https://example.org/x.js"></script></head>'


@dataclass(frozen=True)
class Change:
    """What another release might have otherwise."""

    hook: str
    files: str = "static/index.html"
    old: str = ""
    new: str = ""
    """Stands in place of `old`; without either the files are gone."""


CHANGES = [
    Change("page.language", old="<html lang=", new="<HTML lang="),
    Change("page.title", old="<title>Streamlit</title>", new=""),
    Change("page.noscript", old="noscript>", new="nothing>"),
    Change("page.icon", old="shortcut icon", new="icon"),
    Change("page.font", old='rel="preload"', new='rel="prefetch"'),
    Change("page.head_end", old="</head>", new=""),
    Change("page.scripts", old="</head>", new=WEBSITE),
    Change("page.scripts", old="<body", new='<body onload="start()"'),
    Change("opening.settings", f"static/{JS}", "window.__streamlit;", "window.__other;"),
    Change("opening.settings", f"static/{JS}", "HOST_CONFIG", "HOST"),
    Change("opening.icon_font", f"static/{JS}", "document.fonts.load(", "document.fonts.get("),
    Change("opening.readable", old='<div id="root">', new='<div id="app">'),
    *(Change("early_scripts", f"static/static/js/{element}.*.js") for element in ELEMENTS),
    Change("static_files", old=".js", new="/x.js"),
    Change("static_files", old="./static/", new="./assets/"),
    *(Change("styles", f"static/{JS}", name, "x") for name in CLASSES),
    Change("frame.early_script", FRAME),
    Change("frame.address", f"static/{JS}", "/component", "/parts"),
    Change("frame.message_guard", FRAME, ".events=new EventTarget", ".bus=new EventTarget"),
    Change("frame.theme", FRAME, "--primary-color", "--colour"),
    Change("frame.layout", "frame/index.html", "float-child", "child"),
    Change("line.state", f"static/{JS}", "data-test-connection-state", "data-state"),
]


@pytest.fixture(scope="session")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy of what the hooks look at of what is installed."""
    folder, build = tmp_path_factory.mktemp("builds") / "copied", installed()
    names = {*re.findall(r"static/js/([^\"]+)", build.index())}
    names |= {file.name for element in ELEMENTS for file in build.element_files(element)}
    (folder / "static" / "static" / "js").mkdir(parents=True)
    shutil.copy(build.static / "index.html", folder / "static")
    for name in names:
        shutil.copy(build.static / "static" / "js" / name, folder / "static" / "static" / "js")
    shutil.copytree(build.frame, folder / "frame")
    return folder


@pytest.fixture
def change_build(
    copied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[Change], None]]:
    """Have another release installed."""

    def changed(change: Change) -> None:
        folder = tmp_path / "build"
        shutil.copytree(copied, folder)
        hits = 0
        for file in folder.glob(change.files):
            if not change.old:
                file.unlink()
                hits += 1
                continue
            text = file.read_text(encoding="utf-8")
            hits += text.count(change.old)
            file.write_text(text.replace(change.old, change.new), encoding="utf-8")
        assert hits, f"nothing was changed in {change.files}"
        build = Build(folder / "static", folder / "frame")
        monkeypatch.setattr(hook, "installed", lambda: build)
        for module in ("chunks", "frame", "index_page"):
            monkeypatch.setattr(f"serving.streamlit_shell.{module}.installed", lambda: build)
        monkeypatch.setattr(file_util, "get_static_dir", lambda: str(build.static))
        hooks.log_missing.cache_clear()
        security.page_scripts.cache_clear()

    yield changed
    hooks.log_missing.cache_clear()
    security.page_scripts.cache_clear()


def test_all_hooks_hold_with_what_is_installed(caplog: pytest.LogCaptureFixture) -> None:
    hooks.log_missing.cache_clear()
    hooks.report()
    assert not caplog.records
    assert not [each.name for each in hooks.HOOKS if not each.holds()]


def test_every_hook_is_taken_away_below() -> None:
    taken = {change.hook for change in CHANGES} | {components.HOOK.name, own_address.HOOK.name}
    assert taken == {each.name for each in hooks.HOOKS}


def test_without_a_registry_files_come_with_the_first_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delattr(Runtime, "component_registry")
    monkeypatch.setattr(hook, "installed", lambda: Build(tmp_path, tmp_path))
    assert components.HOOK.missing() == "component_registry"
    assert components.serve("files", tmp_path).startswith("../")


def test_streamlit_asks_nobody_for_this_machines_address(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("get_external_ip", "get_internal_ip"):
        monkeypatch.setattr(net_util, name, getattr(net_util, name))  # puts it back afterwards
    own_address.ask_nobody()
    assert not server_util.is_url_from_allowed_origins("https://stories.example")
    assert (net_util.get_external_ip(), net_util.get_internal_ip()) == (None, None)
    monkeypatch.delattr(net_util, "get_external_ip")
    own_address.ask_nobody()
    assert own_address.HOOK.look(installed()) == "streamlit.net_util.get_external_ip"


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: f"{change.hook}-{change.old}")
def test_the_page_does_without_and_the_log_says_so_once(
    change: Change,
    change_build: Callable[[Change], None],
    serve: Callable[..., TestClient],
    caplog: pytest.LogCaptureFixture,
) -> None:
    change_build(change)
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            hooks.report()
    lines = [each.message for each in caplog.records if each.message.startswith(f"{change.hook} ")]
    (line,) = lines
    assert re.fullmatch(rf"{re.escape(change.hook)} is off: .+ Lost: .+\.", line)
    assert len(caplog.records) == len({each.message for each in caplog.records})
    assert f"streamlit {version('streamlit')} (1.67)" in caplog.records[-1].message

    client = serve()
    answer = client.get("/?town=xinan&lang=en")
    assert answer.status_code == 200
    page = BeautifulSoup(answer.text, "html.parser")
    assert page.select_one("#root, #app") is not None
    assert page.select("script[src]")
    told = {
        "page.language": "<html" not in answer.text,
        "page.title": "Xin’an" not in (page.title.text if page.title else ""),
        "page.noscript": "130 million" not in "".join(e.text for e in page.select("noscript")),
        "page.head_end": not page.select("meta[property='og:title']"),
    }
    expected = {name: name == change.hook for name in told}
    assert told == expected
    assert client.get("/data/stories.json").status_code == 200


@pytest.mark.parametrize("old", ["window.__streamlit;", "LIGHT_THEME"])
def test_streamlit_is_told_nothing_that_it_would_not_understand(
    change_build: Callable[[Change], None], serve: Callable[..., TestClient], old: str
) -> None:
    told = re.compile(r'id="opening"[^>]*>([^<]*)<')
    before = told.search(serve().get("/").text)
    assert before
    assert before[1] != "null"
    change_build(Change("opening.settings", f"static/{JS}", old, "x"))
    after = told.search(serve().get("/").text)
    assert after
    assert after[1] == "null"


def test_a_page_with_other_scripts_may_run_them(
    change_build: Callable[[Change], None], serve: Callable[..., TestClient]
) -> None:
    def scripts() -> str:
        policy = serve().get("/").headers["Content-Security-Policy"]
        return policy.partition("script-src")[2].partition(";")[0]

    assert "unsafe-inline" not in scripts()
    change_build(Change("page.scripts", old="</head>", new=WEBSITE))
    assert "'unsafe-inline'" in scripts()
    assert "sha256" not in scripts()  # beside a hash it would count for nothing


def test_nobody_embeds_a_page_whose_map_listens_to_all(
    change_build: Callable[[Change], None], serve: Callable[..., TestClient]
) -> None:
    def ancestors() -> str:
        policy = serve().get("/?embed=true").headers["Content-Security-Policy"]
        return policy.partition("frame-ancestors ")[2].partition(";")[0]

    assert ancestors() == "*"
    change_build(Change("frame.message_guard", FRAME, "window.Streamlit=", "window.Other="))
    assert ancestors() == "'none'"


def test_files_without_digests_are_not_kept(
    change_build: Callable[[Change], None], serve: Callable[..., TestClient]
) -> None:
    name = installed().element_files("Html")[0].name
    packed = {"Accept-Encoding": "gzip"}
    assert "Content-Encoding" in serve().get(f"/static/js/{name}", headers=packed).headers
    change_build(Change("static_files", old=".js", new="/x.js"))
    assert "Content-Encoding" not in serve().get(f"/static/js/{name}", headers=packed).headers


def test_no_newer_releases_are_asked_for_than_were_tested() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = settings["project"]["dependencies"]
    for name, tested in TESTED_WITH.items():
        (line,) = (each for each in asked if re.match(rf"{name}[<>=]", each))
        bounds = SpecifierSet(line.removeprefix(name))
        major, minor = map(int, tested.split("."))
        assert f"{major}.{minor}.99" in bounds
        assert f"{major}.{minor + 1}.0" not in bounds


def test_streamlits_classes_stand_in_one_sheet() -> None:
    for folder in ("stories", "serving", "geo"):
        for file in (ROOT / folder).rglob("*.css"):
            named = re.findall(r"\.st(?:[A-Z]\w+|-key-\w+)", file.read_text(encoding="utf-8"))
            assert bool(named) == (file == SHEET), file
