"""An atlas in which every text of every file is an attack.

The attacks are the 4,900 payloads of the PyPI package ``brs-kb`` (MIT, a public knowledge base
of cross-site scripting), read from it when the tests run, and some of our own for what this
program is made of: templates, JSON inside scripts, Markdown and SVG labels.
"""

from __future__ import annotations

import csv
import json
import shutil
from functools import cache
from itertools import cycle, islice
from typing import TYPE_CHECKING, Any, Protocol

import brs_kb
from ruamel.yaml import YAML

from tests.support.servers import ROOT

if TYPE_CHECKING:
    from pathlib import Path

DEQING, SHAPES = ROOT / "stories" / "data" / "deqing", ROOT / "geo" / "data" / "deqing"
OURS = (
    "</script><script>window.__xss=1</script>",
    "</style><script>window.__xss=1</script>",
    "</title><script>window.__xss=1</script>",
    "${window.__xss=1}",
    "{{ self.__init__.__globals__ }} {% for x in ().__class__.__subclasses__() %}{% endfor %}",
    "\u2028window.__xss=1\u2029//",
    "[text](javascript:window.__xss=1) ![](javascript:window.__xss=1)",
    "<javascript:window.__xss=1> [x]: javascript:window.__xss=1",
    "[text](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    '"><img src=x onerror=window.__xss=1>',
    "' onmouseover='window.__xss=1' x='",
    "<svg><script>window.__xss=1</script></svg>",
    ":material/eco: :red[x] $\\href{javascript:window.__xss=1}{x}$",
    "');window.__xss=1;//",
    "\\u003cscript\\u003ewindow.__xss=1\\u003c/script\\u003e",
    "<!--<script>", "]]>", "<base href=https://example.org/>",
    "<meta http-equiv=refresh content='0;url=https://example.org/'>",
)  # fmt: skip


@cache
def payloads() -> tuple[str, ...]:
    """Every attack once, without what no text file can hold."""
    theirs = (entry["payload"] for entry in brs_kb.get_all_payloads().values())
    whole = (text for text in (*OURS, *theirs) if text.isprintable() or text in OURS)
    return tuple(dict.fromkeys(text.strip() for text in whole if text.strip()))


class Quiver:
    """Hands out the attacks, several at a time, so that a walk over an atlas uses all of them."""

    def __init__(self, size: int) -> None:
        self._endless = cycle(payloads())
        self._size = size

    def take(self) -> str:
        return " ".join(islice(self._endless, self._size))


class Words(Protocol):
    """Hands out texts."""

    def take(self) -> str:
        """Return the next one."""


class LongName:
    """Hands out one name of 85 letters: the longest of a place, in New Zealand."""

    def take(self) -> str:
        return (
            "Taumatawhakatangihangakoauauotamateaturipukakapikimaungahoronukupokaiwhenuakitanatahu"
        )


def write_hostile_atlas(folder: Path, quiver: Words | None = None) -> Path:
    """Write the atlas of Deqing with other words for each of its texts, attacks if not told."""
    quiver = quiver or Quiver(25)
    yaml = YAML(typ="safe", pure=True)
    folder.mkdir(parents=True)
    for file in sorted(DEQING.glob("*.yaml")):
        data = yaml.load(file.read_text(encoding="utf-8"))
        attacked = _attack(data, quiver)
        if file.name == "atlas.yaml":
            attacked["boundaries"] = "shapes"
        # JSON is YAML, too, and has an escape for every character.
        text = json.dumps(attacked, ensure_ascii=False, default=str)
        (folder / file.name).write_text(text, encoding="utf-8")
    _write_metrics(folder, quiver)
    for file in DEQING.glob("*.md"):
        body = "\n\n".join(quiver.take() for _ in range(4))
        words = f"# {quiver.take()}\n\n{quiver.take()}\n\n{body}\n"
        (folder / file.name).write_text(words, encoding="utf-8")
    shutil.copytree(SHAPES / "dates", folder / "shapes" / "dates")  # with the records of all dates
    for file in SHAPES.rglob("*.geojson"):
        collection = json.loads(file.read_text(encoding="utf-8"))
        for feature in collection["features"]:
            _attack_names(feature["properties"], quiver)
            if villages := feature["properties"].get("villages"):
                feature["properties"]["villages"] = [quiver.take() for _ in villages]
        text = json.dumps(collection, ensure_ascii=False)
        (folder / "shapes" / file.relative_to(SHAPES)).write_text(text, encoding="utf-8")
    return folder


def _write_metrics(folder: Path, quiver: Words) -> None:
    """Write the table of metrics with a note and a source of its own in each row."""
    with (DEQING / "metrics.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = [f"{key}.{lang}" for key in ("source", "note") for lang in ("zh", "en")]
    with (folder / "metrics.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, [*rows[0], *texts])
        table.writeheader()
        for row in rows:
            table.writerow({**row, **{key: " ".join(quiver.take().split()) for key in texts}})


def _attack(data: Any, quiver: Words) -> Any:  # noqa: ANN401  # whatever YAML holds
    """Replace each text in several languages, and each quote."""
    if isinstance(data, list):
        return [_attack(each, quiver) for each in data]
    if not isinstance(data, dict):
        return data
    if set(data) <= {"zh", "en"} and all(isinstance(text, str) for text in data.values()):
        return {lang: quiver.take() for lang in data}
    return {
        key: quiver.take() if key == "quote" else _attack(value, quiver)
        for key, value in data.items()
    }


def _attack_names(properties: dict[str, Any], quiver: Words) -> None:
    for key, value in properties.items():
        if isinstance(value, str) and key.startswith(("name", "short", "boundary_note", "source")):
            properties[key] = quiver.take()
