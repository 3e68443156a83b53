"""What an atlas is made of: frozen, typed, and checked when it is built.

The docstring under each field is the reference of the file format.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Annotated, Self

from babel import Locale, UnknownLocaleError
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    RootModel,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)

from stories.period import Period, PeriodKind
from stories.units import Unit

__all__ = [
    "Atlas",
    "AtlasFile",
    "Baseline",
    "Better",
    "Computation",
    "Figure",
    "Formula",
    "Language",
    "Passage",
    "Period",
    "PeriodKind",
    "Qualifier",
    "Source",
    "Status",
    "Story",
    "StoryFile",
    "StoryText",
    "Texts",
    "Theme",
    "Unit",
]


def _known_locale(tag: str) -> str:
    try:
        Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError) as error:
        msg = f"no language is called {tag!r}"
        raise ValueError(msg) from error
    return tag


def _code_as_text(slug: object) -> object:
    """Divisions without Latin names go by their codes, which YAML reads as numbers."""
    return str(slug) if isinstance(slug, int) and not isinstance(slug, bool) else slug


Slug = Annotated[
    str,
    BeforeValidator(_code_as_text),
    StringConstraints(pattern=r"^[a-z0-9]+([-_][a-z0-9]+)*$", max_length=60),
]
Language = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9-]{2,20}$"), AfterValidator(_known_locale)
]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Model(BaseModel):
    """A frozen model that refuses keys it does not know."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, use_attribute_docstrings=True
    )


class Texts(RootModel[dict[Language, Words]]):
    """One short text in several languages, such as ``{zh: 德清县, en: Deqing County}``."""

    model_config = ConfigDict(frozen=True)

    def get(self, lang: str, order: Sequence[str] = ()) -> str:
        """Return the text in `lang`, else in the first language of `order` that has it."""
        chosen = pick(self.root, lang, order)
        return self.root[chosen] if chosen else ""

    def __iter__(self) -> Iterator[str]:  # type: ignore[override]  # languages, like a mapping
        """Iterate over the languages."""
        return iter(self.root)


def pick(languages: Sequence[str] | dict[str, str], lang: str, order: Sequence[str]) -> str | None:
    """Choose among `languages`: `lang`, else the first of `order`, else the first there is."""
    return next((each for each in (lang, *order, *languages) if each in languages), None)


class Qualifier(StrEnum):
    """How firmly the source states a number."""

    EXACT = "exact"
    ABOUT = "about"
    NEARLY = "nearly"
    AT_LEAST = "at_least"
    UP_TO = "up_to"


class Status(StrEnum):
    """Whether a number has happened, is expected, is striven for, or is planned."""

    REPORTED = "reported"
    FORECAST = "forecast"
    TARGET = "target"
    PLAN = "plan"


class Better(StrEnum):
    """In which direction a number improves."""

    HIGHER = "higher"
    LOWER = "lower"
    NONE = "none"


class Formula(StrEnum):
    """How a figure of our own follows from figures of the source."""

    PERCENT_CHANGE = "percent_change"
    DIFFERENCE = "difference"
    SUM = "sum"


class Passage(Model):
    """Where in the source a figure stands."""

    section: Texts | None = None
    """Heading of the section, as the source has it, with renderings in other languages. Left out,
    it is the story's own `section`."""
    paragraph: int = Field(ge=1)
    """Which paragraph of that section, counted from 1 below the heading. Where the source breaks a
    paragraph in mid-sentence (a column or page break), both halves count as one."""


class Baseline(Model):
    """What a figure is compared with, in the figure's own unit."""

    value: Decimal | None = None
    """The earlier number. Left out where the source only names the period ("year on year")."""
    period: Period
    """When the earlier number held."""


class Computation(Model):
    """How a figure that the source does not print follows from those that it does."""

    formula: Formula
    """`percent_change` (from the baseline of one figure to its value), `difference` (first less
    second) or `sum`."""
    from_: tuple[Slug, ...] = Field(alias="from", min_length=1)
    """Ids of the figures it is computed from."""


class Figure(Model):
    """One number and everything that has to be said with it."""

    id: Slug
    """Name of the figure, unique within its file."""
    label: Texts
    """What is counted or measured, in a few words per language."""
    unit: Unit
    """One of the known units."""
    value: Decimal | Period
    """The number, in full (`130000000`, not `1.3亿`). With the unit `date`, a period instead."""
    qualifier: Qualifier = Qualifier.EXACT
    """`exact`, `about` (约, 左右), `nearly` (近), `at_least` (多, 余, 突破) or `up_to`."""
    status: Status = Status.REPORTED
    """`reported`, `forecast` (预计), `target` (力争, 争创) or `plan` (确保)."""
    period: Period
    """When it held: `2023`, `2024-Q1`, `2024-02`, `2024-02-19`, `2024-02-19/2024-02-28`, or
    `unstated` where the source leaves it open."""
    baseline: Baseline | None = None
    """What the source compares it with."""
    better: Better = Better.NONE
    """`higher`, `lower` or `none`: which way the number improves."""
    computed: Computation | None = None
    """Given where the number is ours and not the source's."""
    passage: Passage | None = None
    """Where the source says it."""
    quote: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)] | None = None
    """The few words of the source that the number rests on."""
    source: Texts | None = None
    """Another source than the atlas's own, where the figure comes from elsewhere."""
    note: Texts | None = None
    """What the source leaves open about this number."""

    @field_validator("value", mode="before")
    @classmethod
    def _value_suits_unit(cls, value: object, info: ValidationInfo) -> Decimal | Period:
        if isinstance(value, Decimal | Period):
            return value
        if info.data.get("unit") is Unit.DATE:
            return Period.of(str(value))
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            msg = f"{value!r} is no number; write it in figures and in full, such as 130000000"
            raise ValueError(msg)
        return number

    @model_validator(mode="after")
    def _dates_stand_alone(self) -> Self:
        if isinstance(self.value, Period) != (self.unit is Unit.DATE) or (
            self.baseline and self.unit is Unit.DATE
        ):
            msg = "the unit `date` goes with a period as value and without a baseline"
            raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _says_where_from(self) -> Self:
        origins = [self.computed, self.passage, self.source]
        if sum(origin is not None for origin in origins) != 1:
            msg = (
                "the figure does not say where it is from; give it one of passage, source, computed"
            )
            raise ValueError(msg)
        return self


class Theme(Model):
    """A subject that stories share and readers filter by."""

    id: Slug
    """Name of the theme in addresses and story files."""
    label: Texts
    """What readers see."""
    icon: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$")]
    """Name of a Material Symbol, such as `eco`."""
    colour: Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]
    """`#rrggbb`, told apart from the other themes by colour-blind readers too."""


class Source(Model):
    """The text that the stories are written from."""

    title: Texts
    """Its title as printed, with renderings in other languages."""
    publisher: Texts | None = None
    """Who published it, as far as stated."""
    note: Texts | None = None
    """What is not known about it."""
    file: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$")] | None = None
    """Name of a file in this folder that holds the text, where it may be kept there; the check
    then looks every quote up in it."""


class StoryText(Model):
    """A story in one language."""

    headline: Words
    lead: Words
    body_markdown: str


class StoryFile(Model):
    """A town's figures and themes, as they stand in `<town>.yaml`."""

    town: Slug
    """Slug of the town in the boundary file; the file is named after it."""
    themes: tuple[Slug, ...] = Field(min_length=1)
    """Ids of one or more themes of the atlas, the main one first."""
    section: Texts | None = None
    """Heading of the section of the source that the story is drawn from."""
    figures: tuple[Figure, ...] = ()
    """Every number of the story, in the order in which the panel shows them."""
    not_figures: dict[Language, tuple[Words, ...]] = {}
    """Per language, words of the prose whose numbers are no figures: names of campaigns, dates,
    ordinals."""

    @model_validator(mode="after")
    def _passages_know_their_section(self) -> Self:
        figures = tuple(_with_section(figure, self.section) for figure in self.figures)
        object.__setattr__(self, "figures", figures)
        return self


def _with_section(figure: Figure, section: Texts | None) -> Figure:
    if figure.passage is None or figure.passage.section is not None:
        return figure
    passage = figure.passage.model_copy(update={"section": section})
    return figure.model_copy(update={"passage": passage})


class Story(StoryFile):
    """One town's story in every language it is written in."""

    texts: dict[Language, StoryText]
    """Per language, what stands in `<town>.<language>.md`."""

    def text(self, lang: str, order: Sequence[str] = ()) -> StoryText:
        """Return the story in `lang`, else in the first language of `order` that has it."""
        chosen = pick(tuple(self.texts), lang, order)
        assert chosen is not None
        return self.texts[chosen]

    def figure(self, figure_id: str) -> Figure | None:
        """Return the figure called `figure_id`, if there is one."""
        return next((figure for figure in self.figures if figure.id == figure_id), None)


class AtlasHead(Model):
    """What an atlas says about itself."""

    id: Slug
    """Name of the atlas in addresses."""
    title: Texts
    """Title of the page."""
    place: Texts
    """Name of the county."""
    intro: Texts
    """A sentence or two for the page's start."""
    languages: tuple[Language, ...] = Field(min_length=1)
    """Languages the atlas is written in. The first is the one readers get who ask for none; a text
    that a language lacks is taken from the first of these that has it."""
    boundaries: Slug
    """Name of the boundary set that the towns lie in: a folder beside this file that holds
    `divisions.geojson`, or a set that comes with the program, such as `deqing`."""
    themes: tuple[Theme, ...] = Field(min_length=1)
    """Themes in the order in which the page lists them."""
    source: Source
    """The text that the stories are written from."""
    figures: tuple[Figure, ...] = ()
    """Figures of the county as a whole, each with a `source` of its own."""


class AtlasFile(AtlasHead):
    """An atlas as it stands in `atlas.yaml`."""

    stories: tuple[Slug, ...] = Field(min_length=1, max_length=100)
    """Slugs of the towns that have a story, in the order in which the page lists them."""
    no_story: tuple[Slug, ...] = ()
    """Slugs of the divisions that have none on purpose; the check asks about all others."""


class Atlas(AtlasHead):
    """A whole atlas: what it says about itself, and its stories."""

    stories: tuple[Story, ...]
    """Stories in the order in which the page lists them."""

    def story(self, town: str | None) -> Story | None:
        """Return the story of `town`, if it has one."""
        return next((story for story in self.stories if story.town == town), None)

    def theme(self, theme_id: str) -> Theme:
        """Return the theme called `theme_id`.

        Raises
        ------
        KeyError
            There is none; a loaded atlas never names one.
        """
        return next(theme for theme in self.themes if theme.id == theme_id)
