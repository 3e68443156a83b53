"""What an atlas says in words of its own."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, StringConstraints

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
LevelName = LevelWord | Annotated[dict[str, LevelWord], Field(min_length=1, max_length=8)]
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

    def of(self, level: str) -> Mapping[str, str | Mapping[str, str]]:
        """Return the names of a level by language."""
        names: Mapping[str, str | Mapping[str, str]] = getattr(self, level)
        return names
