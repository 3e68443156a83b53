"""What an atlas says in words of its own."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from faults import shown
from stories.errors import BadValueError
from stories.model.text import MAX_LANGUAGES, Language, Model

PageWords = Mapping[str, Mapping[str, Mapping[str, str | Mapping[str, str]]]]
"""Texts of the page by language, section and key, with a text for each plural form or one for
all."""

LevelWord = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=100, pattern=r"^[^{}<>\n\r]*$"
    ),
]


def _as_forms(name: object) -> object:
    """Make a table of one form of a word for every number."""
    if isinstance(name, str):
        return {"other": name}
    if not isinstance(name, dict):
        what = f"{shown(name)} is no name"
        raise BadValueError(what, "write a word, or `{one: …, other: …}`")
    return name


_Forms = Annotated[dict[str, LevelWord], Field(min_length=1, max_length=8)]
LevelName = Annotated[_Forms, BeforeValidator(_as_forms, json_schema_input_type=LevelWord | _Forms)]
LevelNames = Annotated[dict[Language, LevelName], Field(max_length=MAX_LANGUAGES)]


class Levels(Model):
    """What the atlas calls its parts and its texts, by language, with plurals.

    A name is one word for every number (`省`), or a table of the forms that the language counts in
    (`{one: provincia, other: provincias}`); `plural` is the plural without a number, where it is
    none of them.
    """

    county: LevelNames = Field(default_factory=dict)
    """The whole: county, state, país."""
    division: LevelNames = Field(default_factory=dict)
    """Its parts: towns, counties, provincias."""
    story: LevelNames = Field(default_factory=dict)
    """What is told of a part: story, report, reportaje."""

    def of(self, level: str) -> Mapping[str, Mapping[str, str]]:
        """Return the names of a level by language, with a word for each plural form."""
        names: Mapping[str, Mapping[str, str]] = getattr(self, level)
        return names
