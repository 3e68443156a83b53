"""YAML 1.2 read as plain data together with the place of every key and value.

Only what a story needs: mappings, lists, text, numbers, true/false. Anchors, aliases, tags and
repeated keys are faults, so that what a file says is what stands in it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StreamMark, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from faults import Fault, Severity, shown, unwritable

Loc = tuple[str | int, ...]
"""Keys and indices that lead to a value."""
Place = tuple[int, int]
"""Line and column, counted from 1."""

MAX_DEPTH = 20
MAX_CHARACTERS = 300_000
"""The parser takes some seconds for so many."""
MAX_VALUES = 10_000
"""Values, lists and mappings in a file; the largest real ones have a tenth of them."""
MAX_FAULTS = 1_000
MAX_NUMBER = 100
"""Characters of a number; what is longer is read as text."""
FILES_KEPT = 512
_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?", re.ASCII)
"""A zero before other digits makes it a code, which loses nothing."""
_CONSTANTS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


@dataclass(frozen=True, slots=True)
class YamlSource:
    """A file's data, where each piece of it stands, and what is wrong with its syntax."""

    file: str
    data: Any = None
    values: dict[Loc, Place] = field(default_factory=dict)
    keys: dict[Loc, Place] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    included: dict[str | int, "YamlSource"] = field(default_factory=dict)

    def fault(
        self,
        loc: Loc,
        what: str,
        mend: str,
        *,
        at_key: bool = False,
        severity: Severity = Severity.ERROR,
    ) -> Fault:
        """Return a fault at `loc`, or at the nearest thing around it that stands in the file."""
        if loc and loc[0] in self.included:
            other = self.included[loc[0]]
            return other.fault(loc[1:], what, mend, at_key=at_key, severity=severity)
        first, second = (self.keys, self.values) if at_key else (self.values, self.keys)
        while loc and loc not in first and loc not in second:
            loc = loc[:-1]
        line, column = first.get(loc) or second.get(loc) or (1, 1)
        return Fault(what, mend, file=self.file, line=line, column=column, severity=severity)

    def including(self, key: str, other: "YamlSource") -> "YamlSource":
        """Return this source with the data of another file at `key`."""
        data = {**self.data, key: other.data}
        return replace(self, data=data, included={**self.included, key: other})


@lru_cache(maxsize=FILES_KEPT)
def read_yaml(text: str, file: str) -> YamlSource:
    """Read `text`; `file` is the name that its faults carry. The result is not to be changed."""
    reading = _Parser(file)
    data = None
    if len(text) > MAX_CHARACTERS:
        what = f"the file is longer than {MAX_CHARACTERS:,} characters"
        reading.note(None, what, "shorten it, or keep its figures in a CSV file")
        return YamlSource(file, faults=tuple(reading.faults))
    try:
        data = reading.document(YAML(typ="safe", pure=True).parse(text))
    except _TooMuchError:
        pass  # noted already
    except (
        ValueError,
        ArithmeticError,
    ) as error:  # of the parser, such as for \UFFFFFFFF, which is no character
        reading.note(None, f"a value that is none ({error})", "write the text out")
    except MarkedYAMLError as error:
        what = " ".join(filter(None, (error.context, error.problem)))
        reading.note(error.problem_mark or error.context_mark, what, _mend_syntax(error.problem))
    except YAMLError as error:
        reading.note(None, str(error).splitlines()[0], "save the file as plain UTF-8 text")
    return YamlSource(file, data, reading.values, reading.keys, tuple(reading.faults))


def _mend_syntax(problem: str | None) -> str:
    if problem and "'\\t'" in problem:
        return "indent with spaces, not tabs"
    return "check the indentation, the colons and the quotation marks here and in the line above"


class _TooMuchError(Exception):
    """The file goes beyond what is read at all."""


@dataclass(slots=True)
class _Parser:
    """One pass over the events of the parser."""

    file: str
    values: dict[Loc, Place] = field(default_factory=dict)
    keys: dict[Loc, Place] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    count: int = 0

    def note(self, mark: StreamMark | None, what: str, mend: str) -> None:
        line, column = _place(mark)
        self.faults.append(Fault(what, mend, file=self.file, line=line, column=column))
        if len(self.faults) >= MAX_FAULTS:
            raise _TooMuchError

    def document(self, events: Iterator[Event]) -> Any:  # noqa: ANN401  # whatever YAML holds
        data, documents = None, 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.refuse(event, "a second document begins")
            elif isinstance(event, NodeEvent):
                data = self.node(event, events, ())
        return data

    def refuse(
        self, event: Event, what: str, mend: str = "write one plain document of keys and values"
    ) -> None:
        self.note(event.start_mark, what, mend)
        raise _TooMuchError

    def node(self, event: Event, events: Iterator[Event], loc: Loc) -> Any:  # noqa: ANN401
        self.values[loc] = _place(event.start_mark)
        self.count += 1
        if self.count > MAX_VALUES:
            self.refuse(event, f"more than {MAX_VALUES:,} values", "part the file, or shorten it")
        self.look_for_indirections(event)
        if len(loc) >= MAX_DEPTH:
            self.refuse(event, "the nesting is too deep")
        if isinstance(event, MappingStartEvent):
            return dict(self.items(events, loc))
        if isinstance(event, SequenceStartEvent):
            return list(self.entries(events, loc))
        if not isinstance(event, ScalarEvent):
            return None
        if sign := unwritable(str(event.value)):
            self.note(event.start_mark, f"the text has {sign}", "delete it there")
        return _scalar(event)

    def entries(self, events: Iterator[Event], loc: Loc) -> Iterator[Any]:
        for index, event in enumerate(events):
            if isinstance(event, CollectionEndEvent):
                return
            yield self.node(event, events, (*loc, index))

    def items(self, events: Iterator[Event], loc: Loc) -> Iterator[tuple[str, Any]]:
        for key_event in events:
            if isinstance(key_event, CollectionEndEvent):
                return
            self.look_for_indirections(key_event)
            key = str(getattr(key_event, "value", "?"))
            here = (*loc, key)
            if not isinstance(key_event, ScalarEvent):
                mend = "write a word before the colon"
                self.note(key_event.start_mark, "a key that is no word", mend)
                self.node(key_event, events, here)
            elif here in self.keys:
                first = self.keys[here][0]
                what = f"key {shown(key)} stands here a second time (first in line {first})"
                self.note(key_event.start_mark, what, "keep one of them")
            self.keys.setdefault(here, _place(key_event.start_mark))
            event = next(events)
            yield key, self.node(event, events, here)
            if event.start_mark.index == event.end_mark.index:  # nothing stands there
                self.values[here] = self.keys[here]

    def look_for_indirections(self, event: Event) -> None:
        if isinstance(event, AliasEvent):
            self.note(event.start_mark, f"alias *{event.anchor}", "write the text out here")
        elif isinstance(event, NodeEvent) and event.anchor:
            self.note(
                event.start_mark, f"anchor &{event.anchor}", "leave it out, or quote the text"
            )
        elif tag := getattr(event, "tag", None):
            self.note(event.start_mark, f"tag {tag}", "leave it out, or quote the text")


def _scalar(event: ScalarEvent) -> str | int | Decimal | bool | None:
    text = str(event.value)
    if event.style:  # in quotation marks, or a block
        return text
    if len(text) <= MAX_NUMBER and _NUMBER.fullmatch(text):
        return int(text) if text.lstrip("+-").isdigit() else Decimal(text)
    return _CONSTANTS.get(text, text)


def _place(mark: StreamMark | None) -> Place:
    return (1, 1) if mark is None else (mark.line + 1, mark.column + 1)
