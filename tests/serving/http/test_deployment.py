"""New text comes by whatever way a host deploys it, and no way of deploying takes the site down."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from serving.store.catalogue import Catalogue
from serving.store.discovery import named_from_here
from serving.store.watch import signature

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.testclient import TestClient

    Serve = Callable[..., TestClient]

DEQING = Path(__file__).parents[3] / "stories" / "data" / "deqing"
FILE = "leidian.en.md"


def release(folder: Path, headline: str) -> Path:
    """Lay out an atlas whose story has another headline, of the same length and of the same age."""
    shutil.copytree(DEQING, folder)
    file = folder / FILE
    old = file.stat()
    _, _, rest = file.read_text(encoding="utf-8").partition("\n")
    file.write_text(f"# {headline}\n{rest}", encoding="utf-8")
    os.utime(file, ns=(old.st_atime_ns, old.st_mtime_ns))
    return folder


def point(link: Path, to: Path) -> None:
    """Set a link to another folder at once, as deployments do."""
    draft = link.with_name("draft")
    draft.symlink_to(to)
    draft.rename(link)


def headline(client: TestClient, atlas: str = "") -> str:
    answer = client.get(f"/?town=leidian&lang=en{atlas}")
    assert answer.status_code == 200
    return answer.text.partition('property="og:title" content="')[2].partition('"')[0]


def ready(client: TestClient, strict: str = "") -> tuple[int, str]:
    answer = client.get(f"/readyz{strict}")
    return answer.status_code, answer.json()["status"]


@pytest.fixture
def releases(tmp_path: Path) -> tuple[Path, Path, Path]:
    """The link that the server is given, and two releases of which it names the first."""
    first, second = (release(tmp_path / name, name) for name in ("release-1", "release-2"))
    link = tmp_path / "current"
    link.symlink_to(first)
    return link, first, second


def test_a_link_may_be_set_to_another_release_and_the_old_one_removed(
    releases: tuple[Path, Path, Path], serve: Serve
) -> None:
    link, first, second = releases
    client = serve(folder=link)
    assert headline(client) == "release-1"
    point(link, second)
    assert headline(client) == "release-2"
    shutil.rmtree(first)
    assert headline(client) == "release-2"
    assert client.get("/data/leidian.en.md").text.startswith("# release-2")
    assert ready(client, "?strict") == (200, "whole")


def test_what_is_gone_stays_as_it_last_was_and_is_told(
    releases: tuple[Path, Path, Path], serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    link, first, second = releases
    client = serve(folder=link)
    assert headline(client) == "release-1"
    shutil.rmtree(first)
    assert headline(client) == "release-1"
    assert client.get("/data/stories.json").status_code == 200
    assert client.get("/card/en.png").status_code == 200
    assert f"{link} is not whole; what was last whole stays" in caplog.text
    assert "current/atlas.yaml" in caplog.text
    assert len(caplog.records) == 1
    assert ready(client) == (200, "old")
    assert ready(client, "?strict") == (503, "old")
    assert "current/atlas.yaml" in client.get("/readyz").json()["atlases"][0]["faults"][0]
    point(link, second)
    assert headline(client) == "release-2"
    assert ready(client, "?strict") == (200, "whole")


def test_the_root_of_several_may_be_a_link(
    tmp_path: Path, serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    for root, names in (("a", ("north", "south")), ("b", ("north", "south", "west"))):
        for name in names:
            release(tmp_path / root / name, f"{name} of {root}")
    link = tmp_path / "current"
    link.symlink_to("a")  # and seen from where the link is
    client = serve(folder=link)
    assert [headline(client, f"&atlas={name}") for name in ("north", "south")] == [
        "north of a",
        "south of a",
    ]
    point(link, tmp_path / "b")
    assert headline(client, "&atlas=north") == "north of b"
    assert headline(client, "&atlas=south") == "south of b"
    assert headline(client, "&atlas=west") == "west of b"
    shutil.rmtree(tmp_path / "b")
    assert headline(client, "&atlas=south") == "south of b"
    assert ready(client) == (200, "old")
    assert len({each.message for each in caplog.records}) == 3


def test_each_of_several_may_be_a_link(
    tmp_path: Path, releases: tuple[Path, Path, Path], serve: Serve
) -> None:
    _, first, second = releases
    root = tmp_path / "root"
    release(root / "south", "south")
    (root / "north").symlink_to(first)
    client = serve(folder=root)
    assert headline(client, "&atlas=north") == "release-1"
    shutil.rmtree(first)  # the link is there and leads nowhere
    assert headline(client, "&atlas=north") == "release-1"
    assert headline(client, "&atlas=south") == "south"
    point(root / "north", second)
    assert headline(client, "&atlas=north") == "release-2"


def test_a_single_atlas_that_becomes_several_is_not_kept_beside_them(tmp_path: Path) -> None:
    single, several = release(tmp_path / "one", "one"), tmp_path / "many"
    for name in ("north", "south"):
        release(several / name, name)
    link = tmp_path / "current"
    link.symlink_to(single)
    catalogue = Catalogue(link, recheck_seconds=0)
    assert [entry.name for entry in catalogue.entries()] == [None]
    point(link, several)
    assert [entry.name for entry in catalogue.entries()] == ["north", "south"]
    point(link, single)
    assert [entry.name for entry in catalogue.entries()] == [None]


WAYS: dict[str, Callable[[Path, Path], object]] = {
    "mv of an older file": lambda new, old: new.replace(old),
    "cp -p": shutil.copy2,
    "in place": lambda new, old: old.write_bytes(new.read_bytes()),
}


@pytest.mark.parametrize("age", [0, -(10**12), 10**12])
@pytest.mark.parametrize("way", WAYS)
def test_a_file_may_be_changed_by_any_way_whatever_its_time_says(
    tmp_path: Path, serve: Serve, way: str, age: int
) -> None:
    folder = release(tmp_path / "deqing", "Headline 1")
    new = release(tmp_path / "new", "Headline 2") / FILE
    old = folder / FILE
    client = serve(folder=folder)
    assert headline(client) == "Headline 1"
    stamp = old.stat().st_mtime_ns + age
    os.utime(new, ns=(stamp, stamp))
    WAYS[way](new, old)
    os.utime(old, ns=(stamp, stamp))
    assert headline(client) == "Headline 2"


def test_two_releases_that_look_alike_are_told_apart(releases: tuple[Path, Path, Path]) -> None:
    _, first, second = releases
    stats = [(folder / FILE).stat() for folder in (first, second)]
    assert len({(stat.st_size, stat.st_mtime_ns) for stat in stats}) == 1
    assert signature(first) != signature(second)


def test_a_path_is_named_from_where_the_server_was_started(
    releases: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the shell got there through a link, and also later."""
    link, _, second = releases
    monkeypatch.chdir(link)
    monkeypatch.setenv("PWD", str(link))
    assert named_from_here(Path()) == link
    monkeypatch.setenv("ATLAS", ".")
    catalogue = Catalogue(recheck_seconds=0)
    [entry] = catalogue.entries()
    monkeypatch.chdir("/")
    point(link, second)
    assert entry.snapshot.atlas.story("leidian").text("en").headline == "release-2"  # type: ignore[union-attr]


@pytest.mark.parametrize("word", ["", "elsewhere", "/nowhere", "/"])
def test_what_the_shell_says_is_not_believed_where_it_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PWD", word)
    assert named_from_here(Path("a")) == tmp_path / "a"
    assert named_from_here(Path("/b/../c")) == Path("/b/../c")


def test_where_there_was_never_an_atlas_nothing_says_that_all_is_well(
    tmp_path: Path, serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    client = serve(folder=tmp_path / "gone")
    answer = client.get("/?lang=en")
    assert answer.status_code == 503
    assert "There is no atlas here yet" in answer.text
    assert ready(client) == (503, "none")
    assert "ATLAS" in client.get("/readyz").json()["reason"]
    assert [f"no atlas in {tmp_path / 'gone'}" in each.message for each in caplog.records] == [True]
    release(tmp_path / "gone", "there")
    assert headline(client) == "there"
    assert ready(client) == (200, "whole")


def test_an_atlas_that_was_never_whole_does_not_keep_readers_from_the_others(
    tmp_path: Path, serve: Serve
) -> None:
    for name in ("north", "south"):
        release(tmp_path / name, name)
    broken = tmp_path / "north" / "atlas.yaml"
    broken.write_text("id: [", encoding="utf-8")
    client = serve(folder=tmp_path)
    assert client.get("/?atlas=north").status_code == 503
    assert client.get("/?atlas=south").status_code == 200
    assert ready(client) == (200, "none")
    assert ready(client, "?strict") == (503, "none")
