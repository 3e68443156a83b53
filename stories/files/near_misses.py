"""Tell which file of an atlas was meant by a name that is nearly right.

Such names come from systems that hide endings or tell no capitals from small letters, from mail and
downloads, and from programs with endings of their own.
"""

import re
import unicodedata
from collections.abc import Iterable

_OPEN_WORKBOOK = "~$"
"""Begins the name of the file by which Excel marks a workbook as open."""
_COPY = re.compile(r"\(\d+\)|\bcop(?:y|ie|ia)\b|\bkopie\b|副本|复件|コピー|복사본")
_PARTING = re.compile(r"[\s._-]+")
_TWICE = re.compile(r"\.(yaml|md|csv|xlsx)\.\1$")
_ADDED = re.compile(r"\.(yaml|yml|md|csv|xlsx)\.(?:txt|bak|old|orig|tmp)$")
_ENDINGS = (
    (re.compile(r"\.yml$"), ".yaml"),
    (re.compile(r"\.(?:markdown|mdown|mkd)$"), ".md"),
    (re.compile(r"\.figures?(?:\.(?:txt|tsv|tab|dat))?$"), ".figures.csv"),
    (re.compile(r"\.figures?\.(?:xls|xlsm|xlsb|ods|numbers|et|ett)$"), ".figures.xlsx"),
    (re.compile(r"\.figure\.(csv|xlsx)$"), r".figures.\1"),
    (re.compile(r"^metrics?(?:\.(?:txt|tsv|tab|dat))?$"), "metrics.csv"),
    (re.compile(r"^metrics?\.(?:xls|xlsm|xlsb|ods|numbers|et|ett)$"), "metrics.xlsx"),
    (re.compile(r"^metric\.(csv|xlsx)$"), r"metrics.\1"),
)


def is_open_mark(name: str) -> bool:
    """Whether a file only says that Excel has a workbook open."""
    return name.startswith(_OPEN_WORKBOOK)


def meant(name: str, known: Iterable[str]) -> str | None:
    """Return which of the names `known` was meant by `name`, if any."""
    key = _key(name)
    return next((each for each in known if each != name and _key(each) == key), None)


def did_you_mean(names: Iterable[str], known: str) -> str | None:
    """Return the mend for a missing file, where one of `names` is nearly its name."""
    there = next((name for name in names if meant(name, [known])), None)
    return f"there is {there!r}; did you mean {known!r}?" if there else None


def _key(name: str) -> str:
    text = unicodedata.normalize("NFKC", name).casefold().removeprefix(_OPEN_WORKBOOK)
    text = _PARTING.sub(".", _COPY.sub(" ", text)).strip(".")
    text = _TWICE.sub(r".\1", _ADDED.sub(r".\1", text))
    for ending, right in _ENDINGS:
        text = ending.sub(right, text)
    return text
