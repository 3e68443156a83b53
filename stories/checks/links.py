"""Find links that lead nowhere, and files that nothing leads to."""

import re
from collections.abc import Collection, Iterator
from urllib.parse import parse_qs, urlsplit

from faults import Fault, Lines, Severity, nearest, shown
from stories.files.folder import Folder
from stories.files.loader import ATLAS_FILE, AtlasFiles
from stories.files.near_misses import is_open_mark, meant
from stories.files.tables import METRIC_TABLES, table_names
from stories.files.words import words_names
from stories.model.comments import blank_comments

_LINK = re.compile(r"(?P<picture>!\[[^\[\]\n]*+)?\]\(\s*+<?(?P<target>[^)\s>]*+)")
_WORDS_FILE = re.compile(r"words\.[A-Za-z0-9-]+\.ya?ml")
_STORY_FILE = re.compile(r"(?P<town>[^.]+)\.(?:yaml|yml|figures\.(?:csv|xlsx)|[A-Za-z0-9-]+\.md)")


def link_faults(reading: AtlasFiles, divisions: Collection[str] | None) -> Iterator[Fault]:
    """Find links in the prose to towns and files that there are not."""
    towns = dict.fromkeys([*(divisions or ()), *(town.town for town in reading.towns)])
    for town in reading.towns:
        for prose in town.prose.values():
            text = blank_comments(prose.raw)
            lines = Lines(text)
            for match in _LINK.finditer(text):
                if match["picture"]:
                    continue  # a fault of its own
                fault = _link_fault(match["target"], towns)
                if fault is not None:
                    line, column = lines.place(match.start("target"))
                    yield Fault(*fault, file=prose.file, line=line, column=column)


def _link_fault(target: str, towns: Collection[str]) -> tuple[str, str] | None:
    try:
        parts = urlsplit(target)
    except ValueError:
        return f"{shown(target)} is no address", "copy it again"
    if parts.scheme in {"http", "https", "mailto"} or target.startswith("#"):
        return None
    if parts.scheme or parts.netloc:
        return f"links to {parts.scheme or '//'} do not work here", "link to https://"
    if parts.path:
        what = f"the link leads to a file, {shown(parts.path)}, which readers do not get"
        return what, "link to https://…, or to a town with ?town=…"
    unknown = [town for town in parse_qs(parts.query).get("town", []) if town not in towns]
    if unknown:
        return f"the link leads to {shown(unknown[0])}, which is no town here", nearest(
            unknown[0], towns
        )
    return None if parts.query else ("the link leads nowhere", "name an address in the brackets")


def orphan_faults(reading: AtlasFiles) -> Iterator[Fault]:
    """Find files of stories that the atlas does not name."""
    languages = reading.head.languages if reading.head else ()
    known = {ATLAS_FILE, *METRIC_TABLES, *words_names(languages)}
    towns = [town.town for town in reading.towns]
    for town in towns:
        known |= {f"{town}.yaml", *table_names(town), *(f"{town}.{lang}.md" for lang in languages)}
    if reading.head is None:
        return
    for name in set(reading.folder.names()) - known:
        mend = _mend_near_miss(name, known, reading.folder) or _mend_orphan(name, towns)
        if mend:
            what, file = "nothing leads to this file", reading.folder.name(name)
            yield Fault(what, mend, file=file, line=1, severity=Severity.WARNING)


def _mend_near_miss(name: str, known: set[str], folder: Folder) -> str | None:
    near = meant(name, known)
    if near is None or (is_open_mark(name) and folder.has(near)):
        return None
    if folder.has(near):
        return f"{near!r} is there too: keep one of both, under that name"
    return f"there is {name!r}; did you mean {near!r}?"


def _mend_orphan(name: str, towns: list[str]) -> str | None:
    if _WORDS_FILE.fullmatch(name):
        return f"add its language to `languages` in {ATLAS_FILE}, or delete the file"
    match = _STORY_FILE.fullmatch(name)
    if match is None or is_open_mark(name) or name.lower().startswith("readme."):
        return None
    if match["town"] in towns:
        return f"add its language to `languages` in {ATLAS_FILE}, or delete the file"
    return f"list {match['town']!r} under `stories` in {ATLAS_FILE}, or delete the file"
