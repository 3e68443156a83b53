"""A site is written whole or not at all, only what changed, and nowhere but into its folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serving.errors import PublishError
from serving.publish.writer import RECORD, STAGE, check_target, write_site

if TYPE_CHECKING:
    from collections.abc import Iterator

FILES = {"index.html": b"one", "en/index.html": b"two", "app/site.1.js": b"three"}


def held(site: Path) -> dict[str, bytes]:
    found = {str(each.relative_to(site)): each for each in site.rglob("*") if each.is_file()}
    return {name: file.read_bytes() for name, file in found.items() if name != RECORD}


def test_only_what_changed_is_written_and_what_is_gone_goes(tmp_path: Path) -> None:
    site = tmp_path / "site"
    first = write_site(FILES.items(), site)
    assert (first.changed, first.unchanged, first.removed) == (3, 0, 0)
    kept = (site / "index.html").stat().st_mtime_ns

    second = write_site({"index.html": b"one", "zh/index.html": b"new"}.items(), site)

    assert (second.changed, second.unchanged, second.removed) == (1, 1, 2)
    assert (site / "index.html").stat().st_mtime_ns == kept
    assert held(site) == {"index.html": b"one", "zh/index.html": b"new"}
    assert not (site / "en").exists()
    assert sorted(each.name for each in site.iterdir()) == [RECORD, "index.html", "zh"]


def test_what_fails_midway_leaves_the_old_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_site(FILES.items(), site)

    def failing() -> Iterator[tuple[str, bytes]]:
        yield "index.html", b"other"
        raise PublishError("the map cannot be drawn")

    with pytest.raises(PublishError, match="cannot be drawn"):
        write_site(failing(), site)
    assert held(site) == FILES


def test_a_rename_that_fails_takes_back_those_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    write_site(FILES.items(), site)
    rename = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if target.name == "last.html":
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    files = {"index.html": b"other", "new/page.html": b"new", "last.html": b"last"}
    with pytest.raises(PublishError, match="No space left"):
        write_site(files.items(), site)
    monkeypatch.undo()
    assert held(site) == FILES
    assert sorted(json.loads((site / RECORD).read_text())) == sorted(FILES)


def test_pages_come_after_what_they_need(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site, order = tmp_path / "site", list[str]()
    rename = Path.replace

    def replace(self: Path, target: Path) -> Path:
        order.append(target.name)
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    write_site({"index.html": b"one", "app.js": b"two", "map.json": b"three"}.items(), site)
    assert order == ["app.js", "map.json", "index.html", RECORD]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError(28, "No space left on device")])
def test_who_stops_it_finds_the_old_site_also_where_a_file_became_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: BaseException
) -> None:
    site = tmp_path / "site"
    before = {"a": b"file", "index.html": b"one"}
    write_site(before.items(), site)
    rename = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if target.name == "z.html":
            raise stop
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises((KeyboardInterrupt, PublishError)):
        write_site({"a/b": b"in folder", "index.html": b"two", "z.html": b"z"}.items(), site)
    monkeypatch.undo()
    assert held(site) == before


def test_what_is_gone_is_not_looked_for_behind_a_link(tmp_path: Path) -> None:
    site, other = tmp_path / "site", tmp_path / "other"
    other.mkdir()
    write_site({"o/index.html": b"one", "index.html": b"one"}.items(), site)
    (site / "o" / "index.html").rename(other / "index.html")
    (site / "o").rmdir()
    (site / "o").symlink_to(other)
    write_site({"index.html": b"two"}.items(), site)
    assert (other / "index.html").read_bytes() == b"one"


def test_what_a_killed_one_left_goes(tmp_path: Path) -> None:
    site = tmp_path / "site"
    left = site / f"{STAGE}left" / "new"
    left.mkdir(parents=True)
    (left / "half.html").write_text("half")
    write_site({"index.html": b"one"}.items(), site)
    assert held(site) == {"index.html": b"one"}


def test_a_file_may_become_a_folder_and_the_other_way_round(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_site({"a": b"file", "b/c": b"in folder"}.items(), site)
    write_site({"a/d": b"in folder", "b": b"file"}.items(), site)
    assert held(site) == {"a/d": b"in folder", "b": b"file"}


@pytest.mark.parametrize(
    "path", ["../out", "/etc/out", "a/../../out", "a\0b", "", "a\\..\\out", RECORD, f"{STAGE}x/y"]
)
def test_no_path_leads_out_of_the_site(tmp_path: Path, path: str) -> None:
    site = tmp_path / "site"
    with pytest.raises(PublishError, match="no path within a site"):
        write_site([("index.html", b"one"), (path, b"out")], site)
    assert not site.exists()
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    site, other = tmp_path / "site", tmp_path / "other"
    other.mkdir()
    write_site({"index.html": b"one"}.items(), site)
    (site / "en").symlink_to(other)
    with pytest.raises(PublishError, match="behind a link"):
        write_site({"en/index.html": b"out"}.items(), site)
    assert list(other.iterdir()) == []


def test_folders_that_are_not_ours_are_refused(tmp_path: Path) -> None:
    atlas, site = tmp_path / "atlas", tmp_path / "site"
    atlas.mkdir()
    site.mkdir()
    check_target(site, [atlas], replace=False)
    (site / "mine.txt").write_text("mine")
    with pytest.raises(PublishError, match="--replace"):
        check_target(site, [atlas], replace=False)
    check_target(site, [atlas], replace=True)
    write_site(FILES.items(), site)
    check_target(site, [atlas], replace=False)
    assert (site / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize("to", ["atlas", "atlas/site", "."])
def test_a_site_does_not_lie_in_its_atlas_nor_around_it(tmp_path: Path, to: str) -> None:
    atlas = tmp_path / "atlas"
    atlas.mkdir()
    with pytest.raises(PublishError, match="name another folder"):
        check_target(tmp_path / to, [atlas], replace=True)


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.write_text("a file")
    with pytest.raises(PublishError, match="is no folder"):
        check_target(site, [], replace=True)


NAMES = st.lists(st.sampled_from(["a", "b", "镇", "c d"]), min_size=1, max_size=3).map("/".join)
SITES = st.dictionaries(NAMES, st.binary(max_size=3), max_size=6)


@settings(max_examples=40)
@given(editions=st.lists(SITES, min_size=1, max_size=4))
def test_after_any_editions_the_site_is_the_last_one(
    tmp_path_factory: pytest.TempPathFactory, editions: list[dict[str, bytes]]
) -> None:
    site = tmp_path_factory.mktemp("editions") / "site"
    last: dict[str, bytes] = {}
    for edition in editions:
        files = {
            name: body
            for name, body in edition.items()
            if not any(other.startswith(f"{name}/") for other in edition)
        }
        write_site(files.items(), site)
        last = files
    assert (held(site) if site.exists() else {}) == last
