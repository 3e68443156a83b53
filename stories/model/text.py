"""Words in several languages, and the names that files give to things."""

from collections.abc import Collection, Sequence
from typing import Annotated, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    RootModel,
    StringConstraints,
)

from faults import unwritable
from stories.errors import BadValueError
from stories.model.language import LONGEST_TAG, TAG, is_language


def _known_locale(tag: str) -> str:
    if not is_language(tag):
        raise BadValueError(f"no language is called {tag!r}", "use a tag such as zh or pt-BR")
    return tag


def _code_as_text(slug: object) -> object:
    """Divisions without Latin names go by their codes, which YAML reads as numbers."""
    return str(slug) if isinstance(slug, int) and not isinstance(slug, bool) else slug


_NAME = "[a-z0-9]+([-_][a-z0-9]+)*"
SLUG = f"^{_NAME}$"
"""Form of the names that stand in addresses and file names."""
MAX_SLUG = 60

_Name = Annotated[str, StringConstraints(pattern=SLUG, max_length=MAX_SLUG)]
Slug = Annotated[_Name, BeforeValidator(_code_as_text, json_schema_input_type=_Name | int)]
_Named = Annotated[
    str, StringConstraints(pattern=f"^({_NAME}/)?{_NAME}$", max_length=2 * MAX_SLUG + 1)
]
FigureName = Annotated[_Named, BeforeValidator(_code_as_text, json_schema_input_type=_Named | int)]
"""Id of a figure of the same file, or `town/id` for one of a town's story."""
Language = Annotated[
    str, StringConstraints(pattern=TAG, max_length=LONGEST_TAG), AfterValidator(_known_locale)
]
MAX_WORDS = 10_000
"""Characters of a text; a whole story has more."""
MAX_LANGUAGES = 100


def _writable(text: str) -> str:
    if sign := unwritable(text):
        raise BadValueError(f"the text has {sign}", "delete it there")
    return text


Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_WORDS),
    AfterValidator(_writable),
]


class Model(BaseModel):
    """A frozen model that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Texts(RootModel[Annotated[dict[Language, Words], Field(max_length=MAX_LANGUAGES)]]):
    """One short text in several languages, such as ``{zh: 德清县, en: Deqing County}``."""

    model_config = ConfigDict(frozen=True)

    def get(self, lang: str, order: Sequence[str] = ()) -> str:
        """Return the text in `lang`, else in the first language of `order` that has it."""
        chosen = pick(self.root, lang, order)
        return self.root[chosen] if chosen else ""


def pick(languages: Collection[str], lang: str, order: Sequence[str]) -> str | None:
    """Choose among `languages`: `lang`, else the first of `order`, else the first there is."""
    return next((each for each in (lang, *order, *languages) if each in languages), None)


def inner_model(annotation: object) -> type[BaseModel] | None:
    """Return the model within an annotation such as ``Baseline | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(inner_model, get_args(annotation))), None)
