"""Every text of the catalogues is said somewhere, and can be said with what the code gives it."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from stories.wording import Wording, catalogue_languages
from stories.wording.levels import PLACEHOLDERS
from tests.conftest import TESTS
from tests.stories.wording.test_catalogues import flat, placeholders

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = TESTS.parent
ROOMS = ("serving", "stories")
PYTHON = [
    ROOT / "streamlit_app.py",
    *(file for each in ROOMS for file in (ROOT / each).rglob("*.py")),
]
TEMPLATES = [
    file
    for each in ROOMS
    for file in (ROOT / each).rglob("*")
    if file.suffix in {".html", ".jinja"}
]
SCRIPTS = [
    file
    for folder in ("geo/map/scripts", "stories/view/scripts", "serving/streamlit_shell/scripts")
    for file in (ROOT / folder).glob("*.js")
]
HANDED_TO_SCRIPTS = {
    "map": SCRIPTS,
    "map_dates": SCRIPTS,
    "share": [*SCRIPTS, ROOT / "stories/view/assets/share.html"],
    "readable": [ROOT / "serving/streamlit_shell/assets/readable.js"],
}
NAMED_BY_FILES = ("kinds.", "levels.")
"""Words for what boundary files say, one that is missing being shown as the file has it; and for
the parts of an atlas, which other texts name."""
NUMBERS = (0, 1, 2, 3, 5, 11, 21, 100, 1000, 1_000_000, Decimal("1.5"))
"""Numbers that take every plural form of every language between them."""
KEYS = frozenset(key for lang in catalogue_languages() for key in flat(lang))
SAYING = {"text", "plural", "ordinal", "Notice", "say"}
SAID_IN_TEMPLATES = re.compile(r"""\b(?:say|text)\(["']([\w.]+)["']((?:, \w+=[^,)]+)*)\)""")


@dataclass(frozen=True)
class Call:
    """One place where something is said."""

    place: str
    keys: frozenset[str]
    names: frozenset[str]
    is_plural: bool = False

    def render(self, lang: str) -> None:
        wording = Wording(lang)
        values = dict.fromkeys(self.names, "x")
        for key in self.keys:
            if self.is_plural:
                assert all(wording.plural(key, number, **values) for number in NUMBERS)
            else:
                assert wording.text(key, **values)


def calls() -> Iterator[Call]:
    for file in PYTHON:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            place = f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Call) and node.args and name_of(node) in SAYING:
                if keys := keys_of(node.args[0]):
                    yield Call(place, keys, given(node), name_of(node) == "plural")
            elif isinstance(node, ast.Constant) and node.value in KEYS:
                yield Call(place, frozenset(), frozenset())
    for file in TEMPLATES:
        section = "scaffold." if file.suffix == ".jinja" else ""
        for key, values in SAID_IN_TEMPLATES.findall(file.read_text(encoding="utf-8")):
            names = frozenset(re.findall(r"(\w+)=", values))
            yield Call(str(file.relative_to(ROOT)), frozenset({section + key}), names)


def name_of(call: ast.Call) -> str:
    function = call.func
    return str(getattr(function, "attr", None) or getattr(function, "id", ""))


def keys_of(argument: ast.expr) -> frozenset[str]:
    """Return the keys that an expression can lead to; a placeholder can be anything."""
    if isinstance(argument, ast.IfExp):
        return keys_of(argument.body) | keys_of(argument.orelse)
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return frozenset({argument.value}) if "." in argument.value else frozenset()
    if not isinstance(argument, ast.JoinedStr):
        return frozenset()
    parts = [
        re.escape(str(each.value)) if isinstance(each, ast.Constant) else "[^.]+"
        for each in argument.values
    ]
    return frozenset(key for key in KEYS if re.fullmatch("".join(parts), key))


def given(call: ast.Call) -> frozenset[str]:
    """Return the names of the values that a call gives."""
    values = call.args[1] if name_of(call) == "Notice" and len(call.args) > 1 else None
    keys = values.keys if isinstance(values, ast.Dict) else []
    named = [each.value for each in keys if isinstance(each, ast.Constant)]
    return frozenset(str(name) for name in (*named, *(each.arg for each in call.keywords)) if name)


CALLS = tuple(calls())
SAID = [call for call in CALLS if call.keys]


@pytest.mark.parametrize("lang", catalogue_languages())
@pytest.mark.parametrize(
    "call", [call for call in SAID if len(call.keys) == 1], ids=lambda call: call.place
)
def test_what_is_said_has_all_its_values(call: Call, lang: str) -> None:
    assert call.keys <= KEYS
    call.render(lang)


@pytest.mark.parametrize("lang", catalogue_languages())
def test_what_a_key_is_put_together_for_has_all_its_values(lang: str) -> None:
    """Such a call may mean only some of the keys that it could lead to."""
    texts = flat(lang)
    together = [call for call in SAID if len(call.keys) > 1]
    for key in {key for call in together for key in call.keys}:
        needed = {name for text in texts[key] for name in placeholders(text)} - PLACEHOLDERS
        ways = [call.names | {"n"} for call in SAID if key in call.keys]
        assert any(needed <= names for names in ways) or key.startswith("scaffold."), key


def test_there_is_something_to_test() -> None:
    assert len(SAID) > 60
    assert any(call.is_plural for call in SAID)
    assert any("address.repeated" in call.keys and "key" in call.names for call in SAID)


def test_no_text_is_left_that_nobody_says() -> None:
    said = {key for call in CALLS for key in call.keys}
    constants = {
        node.value
        for file in PYTHON
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    by_scripts = {
        f"{section}.{word}"
        for section, files in HANDED_TO_SCRIPTS.items()
        for file in files
        for word in re.findall(r"\w+", file.read_text(encoding="utf-8"))
    }
    left = KEYS - said - constants - by_scripts
    assert {key for key in left if not key.startswith(NAMED_BY_FILES)} == set()
