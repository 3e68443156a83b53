"""YAML 1.2 read as plain data together with the place of every key and value.

Only what a story needs: mappings, lists, text, numbers, true/false. Anchors, aliases, tags and
repeated keys are faults, so that what a file says is what stands in it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StreamMark, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    NodeEvent,
)
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from stories.errors import Fault, Severity

Loc = tuple[str | int, ...]
Place = tuple[int, int]
MAX_DEPTH = 20
_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?", re.ASCII)


@dataclass(slots=True)
class YamlSource:
    """A file's data, where each piece of it stands, and what is wrong with its syntax."""

    file: str
    data: Any = None
    values: dict[Loc, Place] = field(default_factory=dict)
    keys: dict[Loc, Place] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    included: dict[Loc, "YamlSource"] = field(default_factory=dict)

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
        if loc[:1] in self.included:
            other = self.included[loc[:1]]
            return other.fault(loc[1:], what, mend, at_key=at_key, severity=severity)
        places = self.values | self.keys if at_key else self.keys | self.values
        while loc and loc not in places:
            loc = loc[:-1]
        return Fault(self.file, *places.get(loc, (1, 1)), what, mend, severity)

    def include(self, loc: Loc, other: "YamlSource") -> None:
        """Take the data of another file in at `loc`, a single key."""
        self.data[loc[0]] = other.data
        self.included[loc] = other

    def add(self, mark: StreamMark | None, what: str, mend: str) -> None:
        """Note a fault of syntax at a mark of the parser."""
        self.faults.append(Fault(self.file, *_place(mark), what, mend))


def read_yaml(text: str, file: str) -> YamlSource:
    """Read `text`; `file` is the name that its faults carry."""
    source = YamlSource(file)
    try:
        if _events_are_plain(source, text):
            root = YAML(typ="safe", pure=True).compose(text)
            source.data = None if root is None else _data(source, root, ())
    except MarkedYAMLError as error:
        what = " ".join(filter(None, (error.context, error.problem)))
        source.add(error.problem_mark or error.context_mark, what, _mend_syntax(error.problem))
    except YAMLError as error:
        source.add(None, str(error).splitlines()[0], "save the file as plain UTF-8 text")
    return source


def _mend_syntax(problem: str | None) -> str:
    if problem and "'\\t'" in problem:
        return "indent with spaces, not tabs"
    return "check the indentation, the colons and the quotation marks here and in the line above"


def _events_are_plain(source: YamlSource, text: str) -> bool:
    depth = documents = 0
    for event in YAML(typ="safe", pure=True).parse(text):
        _refuse_indirections(source, event)
        documents += isinstance(event, DocumentStartEvent)
        depth += isinstance(event, CollectionStartEvent)
        depth -= isinstance(event, CollectionEndEvent)
        if depth > MAX_DEPTH or documents > 1:
            what = "the nesting is too deep" if depth > MAX_DEPTH else "a second document begins"
            source.add(event.start_mark, what, "write one plain document of keys and values")
            break
    return not source.faults


def _refuse_indirections(source: YamlSource, event: Event) -> None:
    if isinstance(event, AliasEvent):
        source.add(event.start_mark, f"alias *{event.anchor}", "write the text out here")
    elif isinstance(event, NodeEvent) and event.anchor:
        source.add(event.start_mark, f"anchor &{event.anchor}", "leave it out, or quote the text")
    elif tag := getattr(event, "tag", None):
        source.add(event.start_mark, f"tag {tag}", "leave it out, or quote the text")


def _data(source: YamlSource, node: Node, loc: Loc) -> Any:  # noqa: ANN401  # whatever YAML holds
    source.values[loc] = _place(node.start_mark)
    if isinstance(node, MappingNode):
        return dict(_items(source, node, loc))
    if isinstance(node, SequenceNode):
        return [_data(source, child, (*loc, index)) for index, child in enumerate(node.value)]
    assert isinstance(node, ScalarNode)
    return _scalar(node)


def _items(source: YamlSource, node: MappingNode, loc: Loc) -> Iterator[tuple[str, Any]]:
    for key_node, value_node in node.value:
        if not isinstance(key_node, ScalarNode):
            source.add(
                key_node.start_mark, "a key that is no word", "write a word before the colon"
            )
            continue
        key = str(key_node.value)
        if (*loc, key) in source.keys:
            first = source.keys[*loc, key][0]
            what = f"key {key!r} stands here a second time (first in line {first})"
            source.add(key_node.start_mark, what, "keep one of them")
            continue
        source.keys[*loc, key] = _place(key_node.start_mark)
        yield key, _data(source, value_node, (*loc, key))
        if value_node.start_mark.index == value_node.end_mark.index:  # nothing stands there
            source.values[*loc, key] = source.keys[*loc, key]


def _scalar(node: ScalarNode) -> str | int | Decimal | bool | None:
    text, kind = str(node.value), str(node.tag).rpartition(":")[2]
    if kind in {"int", "float"} and _NUMBER.fullmatch(text):
        return int(text) if text.lstrip("+-").isdigit() else Decimal(text)
    if kind == "bool":
        return text.lower() == "true"
    return None if kind == "null" else text


def _place(mark: StreamMark | None) -> Place:
    return (1, 1) if mark is None else (mark.line + 1, mark.column + 1)
