"""Pipes, devices, sockets and the like where a file should be: refused at once, by every reader."""

from __future__ import annotations

import ast
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from faults.plain_file import UnfitFileError, read_file, read_start
from serving.store.catalogue import Catalogue
from tests.support.servers import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

DEQING, SHAPES = ROOT / "stories" / "data" / "deqing", ROOT / "geo" / "data" / "deqing"


def pipe(path: Path) -> None:
    os.mkfifo(path)  # nobody writes to it: reading would never end


def unix_socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # its own path is too long for the name of a socket
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def circle(path: Path) -> None:
    path.symlink_to(path.name)


def zeros(path: Path) -> None:
    path.symlink_to("/dev/zero")


KINDS: dict[str, Callable[[Path], None]] = {
    "pipe": pipe,
    "socket": unix_socket,
    "directory": Path.mkdir,
    "circle": circle,
    "device": zeros,
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_file_is_said_at_once(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "file"
    KINDS[kind](path)
    for read in (read_file, read_start):
        with pytest.raises(UnfitFileError, match=kind) as caught:
            read(path, 1000)
        assert caught.value.mend


def test_a_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"abc")
    (tmp_path / "link").symlink_to(path)
    assert read_file(path, 3) == read_file(tmp_path / "link", 3) == b"abc"
    assert read_start(path, 2) == b"ab"
    with pytest.raises(UnfitFileError, match="larger than 2 bytes"):
        read_file(path, 2)
    with pytest.raises(FileNotFoundError):
        read_file(tmp_path / "gone", 2)


@pytest.fixture
def atlas(tmp_path: Path) -> Path:
    folder = tmp_path / "deqing"
    shutil.copytree(DEQING, folder)
    shutil.copytree(SHAPES, folder / "shapes")
    text = (folder / "atlas.yaml").read_text(encoding="utf-8")
    changed = text.replace("boundaries: deqing", "boundaries: shapes")
    (folder / "atlas.yaml").write_text(changed, encoding="utf-8")
    return folder


BUILT = ("--code", "code", "--name", "en=slug", "--out", "out.geojson")
FILES = [
    "atlas.yaml", "leidian.yaml", "leidian.zh.md", "leidian.figures.csv",
    "shapes/divisions.geojson", "shapes/county.geojson", "shapes/neighbours.geojson",
    "shapes/villages.geojson", "shapes/divisions.provenance.json",
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", FILES)
def test_the_store_says_which_file_is_none(atlas: Path, name: str, kind: str) -> None:
    place_there(atlas / name, kind)
    [entry] = Catalogue(atlas, recheck_seconds=0).entries()
    said = "\n".join(map(str, entry.state.faults))
    assert name in said
    assert kind in said or "outside the folder" in said
    assert entry.state.snapshot is None


@pytest.mark.parametrize("name", ["atlas.yaml", "leidian.yaml", "shapes/divisions.geojson"])
def test_the_check_ends(atlas: Path, name: str) -> None:
    place_there(atlas / name, "pipe")
    done = subprocess.run(
        [sys.executable, "-m", "serving.command", "check", str(atlas)],
        capture_output=True, text=True, check=False, timeout=60, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 2
    assert f"{name}:" in done.stdout
    assert "named pipe" in done.stdout


READING = {
    "inspect": ["inspect", "pipe.geojson"],
    "inspect a table": ["inspect", "pipe.csv"],
    "inspect --reference": ["inspect", "shapes.geojson", "--reference", "pipe.geojson"],
    "build --join a table": ["build", "shapes.geojson", *BUILT, "--join", "pipe.csv"],
    "build --join a spreadsheet": ["build", "shapes.geojson", *BUILT, "--join", "pipe.xlsx"],
    "build --record": ["build", "shapes.geojson", *BUILT, "--record", "pipe.json"],
    "check-boundaries": ["check-boundaries", "pipe.geojson"],
    "rebuild": ["rebuild", "shapes.geojson"],
    "new": ["new", "atlas", "--boundaries", "pipe.geojson", "--", *BUILT[:4]],
    "check --source": ["check", "--source", "pipe.csv"],
    "reconstruct --points": [
        *("reconstruct", "shapes.geojson", "--old", "slug", "--points", "pipe.csv"),
        *(
            "--point-code",
            "code",
            "--division",
            "code",
            "--name",
            "en=slug",
            "--out",
            "out.geojson",
        ),
    ],
}


@pytest.mark.parametrize("words", READING.values(), ids=READING)
def test_no_command_waits_for_a_pipe(tmp_path: Path, words: list[str]) -> None:
    shutil.copy(SHAPES / "divisions.geojson", tmp_path / "shapes.geojson")
    for name in ("pipe.geojson", "pipe.csv", "pipe.xlsx", "pipe.json", "shapes.provenance.json"):
        os.mkfifo(tmp_path / name)
    done = subprocess.run(
        [sys.executable, "-m", "serving", *words],
        capture_output=True, text=True, check=False, timeout=60, cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 2
    assert "pipe" in done.stderr
    assert "Traceback" not in done.stderr


def place_there(path: Path, kind: str) -> None:
    path.unlink(missing_ok=True)
    KINDS[kind](path)


OWN = {
    "faults/plain_file.py": "what opens the others",
    "serving/command.py": "the null device, for what nobody reads",
    "geo/files/archive.py": "inputs of a build, whose kind `geo.files.vector` looks at first",
    "geo/files/csv.py": "parses a text",
    "geo/files/encoding.py": "the same",
    "geo/files/json_features.py": "the same",
    "geo/files/layers.py": "the same",
    "geo/files/recode.py": "the same",
    "geo/files/vector.py": "the same",
    "geo/files/export.py": "a file that was written just before",
    "geo/files/product.py": "inputs that were built from just before",
    "geo/map/component.py": "the program's own assets, and copies",
    "serving/card/draw.py": "a picture that was made just before",
    "serving/http/head.py": "an icon of the program",
    "serving/live_reload.py": "assets of the program",
    "serving/page_body.py": "the same",
    "serving/publish/bundles.py": "the same",
    "serving/publish/site.py": "an icon of the program",
    "serving/publish/start.py": "assets of the program",
    "serving/publish/map_files.py": "copies that were made just before",
    "serving/publish/writer.py": "what it has written before",
    "serving/streamlit_shell": "Streamlit's own files",
    "serving/media/pictures.py": "pictures that were read",
    "stories/files/media_kinds.py": "the same",
    "stories/files/tables/letters.py": "Babel's data",
    "stories/ui/page_script.py": "assets of the program",
    "stories/view/alone.py": "the same",
    "stories/view/icons.py": "icons of the program",
    "stories/authoring/draft/vocabulary.py": "words of the program",
    "stories/numbers/lexicon.py": "the same",
    "stories/wording": "catalogues of the program",
    "geo/recipes": "how the bundled data were made",
}
"""Who opens a file by other means, and which."""
NOT_FILES = {"self", "folder", "archive", "catalogue", "self._catalogue"}
"""Whose methods of the same names open no path of an editor's."""
OPENERS = {"open", "read_text", "read_bytes", "read_csv", "read_json"}


def opens(path: Path) -> list[str]:
    """Name the calls of a module that open a file, other than of a catalogue or archive."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            name = (
                function.attr
                if isinstance(function, ast.Attribute)
                else getattr(function, "id", "")
            )
            whose = ast.unparse(function.value) if isinstance(function, ast.Attribute) else ""
            if name in OPENERS and whose not in NOT_FILES:
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)[:60]}")
    return found


def test_nothing_else_opens_what_an_editor_put_there() -> None:
    found = [
        line
        for room in ("faults", "geo", "stories", "serving")
        for path in sorted((ROOT / room).rglob("*.py"))
        if not path.relative_to(ROOT).as_posix().startswith(tuple(OWN))
        for line in opens(path)
    ]
    assert found == []
