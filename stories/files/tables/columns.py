"""The columns of a table, made from the model of its rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from pydantic import BaseModel

from stories.model.atlas import Period, Texts
from stories.model.text import inner_model

LANGUAGE = "<language>"


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a table may have."""

    name: str
    """Keys joined by dots; `LANGUAGE` stands for any language tag."""
    description: str
    needed: bool
    """Whether every row has to fill it in."""
    needed_within: str = ""
    """The key whose other columns make it needed, such as ``baseline``."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that a kind of table may have."""

    all: tuple[Column, ...]

    @classmethod
    def of(cls, model: type[BaseModel], *further: Column) -> Self:
        """Return a column for each field of `model`, and some more."""
        return cls((*_columns(model, "", needed=True), *further))

    def known_name(self, heading: str, languages: Sequence[str]) -> str | None:
        """Return the name of the column that `heading` names, in letters of any case."""
        lowered = heading.casefold()
        for name in (column.name for column in self.all):
            key, dot, _ = name.partition(f".{LANGUAGE}")
            if not dot and lowered == name:
                return name
            tag = heading[len(key) + 1 :]
            if dot and tag and lowered.startswith(f"{key}.") and "." not in tag:
                known = {each.casefold(): each for each in languages}
                return f"{key}.{known.get(tag.casefold(), tag)}"
        return None

    def names_in(self, languages: Sequence[str]) -> list[str]:
        """Return the name of every column, those of words once per language."""
        return [
            column.name.replace(LANGUAGE, language)
            for column in self.all
            for language in (languages if LANGUAGE in column.name else [LANGUAGE])
        ]


def _columns(model: type[BaseModel], above: str, *, needed: bool) -> Iterator[Column]:
    for key, field in model.model_fields.items():
        name = f"{above}{'.' if above else ''}{field.alias or key}"
        inner = inner_model(field.annotation)
        required = field.is_required()
        if inner is None or inner in {Period, Texts}:
            name = f"{name}.{LANGUAGE}" if inner is Texts else name
            within = above if required else ""
            yield Column(name, field.description or "", needed and required, within)
        else:
            yield from _columns(inner, name, needed=needed and required)
