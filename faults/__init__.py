"""What is wrong in files: one way to say it for all packages of this program."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING
from unicodedata import category

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_FAULTS = 100
"""Faults of one file that are said one by one; beyond them they are only counted."""
LONGEST_PART = 400
"""Characters of what a fault says before it is shortened."""
LONGEST_VALUE = 80
"""Characters of a value that a fault quotes."""
UNWRITABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Control characters and halves of characters, which no page, picture or table can hold."""
_JOINERS = frozenset("\u200c\u200d")


class Severity(StrEnum):
    """How bad a fault is."""

    ERROR = "error"
    """What the file is for cannot be shown."""
    WARNING = "warning"
    """It can be shown, but an editor should look."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing to mend, and where it stands as far as that is known.

    Faults are ordered by file, line and column.

    Parameters
    ----------
    what
        What is wrong.
    mend
        What to do about it.
    file
        Path as an editor would type it; empty where whoever reads the file will say it.
    line, column
        Where it is, both counted from 1; line 0 where that is not known.
    feature
        The feature of a boundary file, by code where it has one, else by its place in the file.
    severity
        Whether the file can be used all the same.
    count
        How many faults this one stands for.
    """

    file: str = field(default="", kw_only=True)
    line: int = field(default=0, kw_only=True)
    column: int = field(default=1, kw_only=True)
    feature: str = field(default="", kw_only=True)
    what: str
    mend: str
    severity: Severity = field(default=Severity.ERROR, kw_only=True)
    count: int = field(default=1, kw_only=True)

    def __post_init__(self) -> None:
        """Make of whatever a file holds words that can be printed, in a bounded length."""
        for name, most in (("file", None), ("what", LONGEST_PART), ("mend", LONGEST_PART),
                           ("feature", LONGEST_VALUE)):  # fmt: skip
            object.__setattr__(self, name, printable(getattr(self, name), most))

    def __str__(self) -> str:
        """One line in the manner of compilers, which editors make clickable."""
        return f"{self.place}: {self.message}" if self.place else self.message

    @property
    def place(self) -> str:
        """File, line and column, as far as they are known."""
        places = (self.line, self.column) if self.line else ()
        return ":".join(map(str, filter(None, (self.file, *places))))

    @property
    def message(self) -> str:
        """What is wrong, with which feature, and the mend."""
        subject = f"{self.feature}: " if self.feature else ""
        return f"{subject}{self.what}; {self.mend}"


class FaultyFileError(Exception):
    """A file cannot be used; base of the packages' own errors that say so.

    Parameters
    ----------
    faults
        Everything that is wrong; the message has a line for each.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


def printable(text: str, most: int | None = None) -> str:
    """Return `text` as one line that any output takes, shortened to `most` characters."""
    if most is not None and len(text) > most:
        text = f"{text[: most - 1]}…"
    return text if text.isprintable() else "".join(map(_printable_sign, text))


def _printable_sign(sign: str) -> str:
    """Keep spaces and joiners of any script; write as an escape what would show as nothing."""
    keep = sign.isprintable() or sign in _JOINERS or category(sign) == "Zs"
    return sign if keep else ascii(sign)[1:-1]


def unwritable(text: str) -> str | None:
    """Say which character of `text` no page or table can hold, if there is one."""
    match = UNWRITABLE.search(text)
    return f"the character U+{ord(match[0]):04X}, which is no text" if match else None


def shown(value: object) -> str:
    """Return how a fault quotes a value that a file holds, whatever it is."""
    if value is None:
        return "nothing"
    if isinstance(value, dict | list | tuple):
        return "a mapping" if isinstance(value, dict) else "a list"
    if isinstance(value, str):
        return repr(value if len(value) <= LONGEST_VALUE else f"{value[: LONGEST_VALUE - 1]}…")
    if isinstance(value, int) and value.bit_length() > 3 * LONGEST_VALUE:
        return "a number of too many digits"  # Python itself refuses to write down the longest
    return printable(str(value), LONGEST_VALUE)


def capped(faults: Iterable[Fault], most: int = MOST_FAULTS) -> list[Fault]:
    """Return faults in order, of each file at most so many and how many more there are.

    Those with which the file cannot be used are kept before those with which it can.
    """
    by_file: dict[str, list[Fault]] = {}
    for fault in sorted(faults):
        by_file.setdefault(fault.file, []).append(fault)
    return sorted(each for found in by_file.values() for each in _kept(found, most))


def _kept(found: list[Fault], most: int) -> list[Fault]:
    weighed = sorted(found, key=lambda fault: (fault.count > 1, fault.severity is Severity.WARNING))
    kept, left = weighed[:most], weighed[most:]
    if not left:
        return kept
    severity = min(fault.severity for fault in left)  # an error before a warning
    return [*kept, and_more(sum(fault.count for fault in left), max(kept), severity)]


def and_more(count: int, last: Fault, severity: Severity = Severity.ERROR) -> Fault:
    """Return one fault in place of so many, behind the last of those of the file that are said."""
    return Fault(
        f"and {count:,} more",
        "mend those before first",
        file=last.file,
        line=last.line,
        column=last.column + 1,
        severity=severity,
        count=count,
    )


class Lines:
    """Where the lines of a text begin, so that each of many places is found at once."""

    def __init__(self, text: str) -> None:
        self._ends = [match.start() for match in re.finditer("\n", text)]

    def place(self, at: int) -> tuple[int, int]:
        """Return line and column, counted from 1, of the character at `at`, counted from 0."""
        line = bisect_left(self._ends, at)
        return line + 1, at - (self._ends[line - 1] if line else -1)


def nearest(word: str, known: Iterable[str], otherwise: str | None = None) -> str:
    """Return the mend for an unknown word: the nearest known one, or else all of them.

    Where they are too many to name, `otherwise` stands in for them.
    """
    names = list(known)
    close = get_close_matches(word[:LONGEST_VALUE], names, n=1, cutoff=0.5)
    if close:
        return f"did you mean {close[0]!r}?"
    return otherwise or f"known here: {', '.join(names) or 'none'}"
