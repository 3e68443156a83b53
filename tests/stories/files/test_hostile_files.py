"""Story files and addresses that nobody would write by mistake: an error, never a crash."""

from __future__ import annotations

import json
import os
import shutil
import string
import tracemalloc
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import stories
from stories.errors import AtlasError
from stories.files.loader import load_atlas
from stories.files.yaml import read_yaml
from stories.model.atlas import Atlas
from stories.view.address import parse_address
from tests.support.work import AT_ONCE, seconds

if TYPE_CHECKING:
    from faults import Fault

DEQING = Path(stories.__file__).parent / "data" / "deqing"
ATLAS = load_atlas(DEQING)
FILES = sorted(file.name for file in DEQING.iterdir())
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def read(folder: Path) -> tuple[Atlas | None, tuple[Fault, ...]]:
    try:
        return load_atlas(folder), ()
    except AtlasError as error:
        return None, error.faults


def refused(folder: Path) -> str:
    with pytest.raises(AtlasError) as caught:
        load_atlas(folder)
    return str(caught.value)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DEQING, tmp_path / "deqing"))


# ---- fuzz ---------------------------------------------------------------------------------


@given(
    noise=st.binary(max_size=400),
    name=st.sampled_from(FILES),
    at=st.integers(0, 4000),
    whole=st.booleans(),
)
@SLOW
def test_a_file_of_any_bytes_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, name: str, at: int, *, whole: bool
) -> None:
    copy = Path(shutil.copytree(DEQING, tmp_path_factory.mktemp("fuzz") / "deqing"))
    file = copy / name
    old = b"" if whole else file.read_bytes()
    file.write_bytes(old[:at] + noise + old[at:])
    atlas, faults = read(copy)
    assert isinstance(atlas, Atlas) != bool(faults)
    assert all(fault.what and fault.mend and fault.line >= 1 for fault in faults)


@given(st.text(max_size=300) | st.text(alphabet="-:[]{}&*!|>'\"%@`#, \n\tab01", max_size=300))
@settings(deadline=None)
def test_yaml_of_any_text_is_read_or_refused(text: str) -> None:
    source = read_yaml(text, "file.yaml")
    assert source.faults or source.data is None or isinstance(source.data, object)
    assert all(fault.line >= 1 for fault in source.faults)


words = st.text(max_size=80) | st.sampled_from(["leidian", "wukang", "environment", "zh", "en", ""])


@given(
    st.dictionaries(st.sampled_from(["town", "theme", "lang", "x"]), st.lists(words, max_size=9))
)
def test_any_address_is_understood_as_far_as_it_goes(params: dict[str, list[str]]) -> None:
    towns = {"leidian", "xinan", "yuyue", "kangqian", "wukang"}
    view, notices = parse_address(params, ATLAS, towns)
    assert view.town is None or view.town in towns
    assert set(view.themes) <= {theme.id for theme in ATLAS.themes}
    assert view.lang is None or view.lang in ATLAS.languages
    assert all(len(value) <= 60 for notice in notices for value in notice.values.values())
    again, silent = parse_address(view.params(), ATLAS, towns)
    assert (again, silent) == (view, [])


# ---- known attacks ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "!!python/object/apply:os.system ['touch {marker}']",
        "!!python/name:os.system",
        "!include /etc/passwd",
        "!!binary aGVsbG8=",
        "a: !<tag:yaml.org,2002:python/object/new:os.system> [x]",
    ],
)
def test_a_tag_is_refused_and_does_nothing(folder: Path, tmp_path: Path, text: str) -> None:
    marker = tmp_path / "marker"
    (folder / "leidian.yaml").write_text(text.replace("{marker}", str(marker)), encoding="utf-8")
    assert "tag" in refused(folder)
    assert not marker.exists()


def test_a_bomb_of_aliases_is_refused_before_it_grows(folder: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    (folder / "leidian.yaml").write_text("\n".join(lines), encoding="utf-8")
    told: list[str] = []
    tracemalloc.start()
    assert seconds(lambda: told.append(refused(folder))) < AT_ONCE
    grown = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "alias" in told[0]
    assert grown < 50e6


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", '"', "- - "])
def test_bottomless_nesting_is_refused(folder: Path, opening: str) -> None:
    (folder / "leidian.yaml").write_text(opening * 50_000, encoding="utf-8")
    assert "leidian.yaml" in refused(folder)


@pytest.mark.parametrize("name", ["atlas.yaml", "leidian.yaml", "leidian.zh.md"])
def test_a_file_of_100_mb_is_refused_unread(folder: Path, name: str) -> None:
    with (folder / name).open("wb") as file:
        file.truncate(100_000_000)
    tracemalloc.start()
    said = refused(folder)
    grown = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "larger than" in said
    assert grown < 20e6


@pytest.mark.parametrize(
    "slug",
    ["../../../etc/passwd", "/etc/passwd", "..", "a/b", "a\\b", "a%2fb", "con:", "a\0b", "~"],
)
@pytest.mark.parametrize("key", ["stories: [leidian", "boundaries: deqing"])
def test_no_name_in_a_file_leads_out_of_the_folder(folder: Path, slug: str, key: str) -> None:
    atlas = folder / "atlas.yaml"
    text = atlas.read_text(encoding="utf-8")
    assert key in text, "the test does not know the atlas any more"
    name = key.rpartition(" ")[2].strip("[")
    atlas.write_text(text.replace(key, key.replace(name, json.dumps(slug))), encoding="utf-8")
    assert "atlas.yaml" in refused(folder)


@pytest.mark.parametrize("target", ["/etc/passwd", "/dev/zero", "/proc/self/environ", "pipe"])
def test_nothing_outside_the_folder_is_read(folder: Path, tmp_path: Path, target: str) -> None:
    file = folder / "leidian.zh.md"
    file.unlink()
    os.mkfifo(tmp_path / "pipe")  # nobody writes to it: reading would never end
    file.symlink_to(tmp_path / target)
    atlas, faults = read(folder)
    said = "\n".join(map(str, faults))
    assert "root:" not in said
    assert "PATH=" not in said
    story = atlas.story("leidian") if atlas else None
    assert (story and list(story.texts) == ["en"]) or "leidian.zh.md" in said


@given(st.text(alphabet=string.printable, max_size=200))
@settings(deadline=None)
def test_prose_of_any_letters_becomes_harmless_html(text: str) -> None:
    from stories.markdown import markdown_html

    html = str(markdown_html(text)).lower()
    for opening in ("<script", "<img", "<svg", "<iframe", "<style", "<object", "<embed", "<form"):
        assert opening not in html
    assert "javascript:" not in "".join(part.partition('"')[0] for part in html.split('href="')[1:])
    with suppress(IndexError):
        assert not html.split("<a ")[1].partition(">")[0].count(" on")
