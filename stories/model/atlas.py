"""What an atlas is made of: frozen, typed, and checked when it is built.

The docstring under each field is the reference of the file format.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated, TypeVar

from pydantic import Field, StringConstraints, ValidationInfo, field_validator

from stories.model.figure import (
    Baseline,
    Better,
    Computation,
    Figure,
    Formula,
    Passage,
    Qualifier,
    Status,
)
from stories.model.graphic import MAX_GRAPHICS, NO_HERO, Graphic, GraphicForm, GraphicGroup
from stories.model.media import MAX_MEDIA, HeroPlace, MediaFile, Medium
from stories.model.metric import (
    MAX_METRICS,
    MAX_REORGANISATIONS,
    Metric,
    MetricValue,
    Reorganisation,
)
from stories.model.period import Period, PeriodKind
from stories.model.place import AtlasPlace, Place
from stories.model.scene import MAX_SCENES, Scene
from stories.model.text import MAX_LANGUAGES, Language, Model, Slug, Texts, Words, pick
from stories.model.unit import MAX_UNITS, AnyUnit, DeclaredUnit, Measure, Unit
from stories.model.words import Levels, PageWords

__all__ = [
    "AnyUnit",
    "Atlas",
    "AtlasFile",
    "AtlasPlace",
    "Baseline",
    "Better",
    "Computation",
    "DecimalMark",
    "DeclaredUnit",
    "Figure",
    "Formula",
    "Graphic",
    "GraphicForm",
    "GraphicGroup",
    "HeroPlace",
    "Language",
    "Levels",
    "Measure",
    "MediaFile",
    "Medium",
    "Metric",
    "MetricValue",
    "Model",
    "Passage",
    "Period",
    "PeriodKind",
    "Place",
    "Qualifier",
    "Reorganisation",
    "Scene",
    "Slug",
    "Source",
    "Status",
    "Story",
    "StoryFile",
    "StoryText",
    "Texts",
    "Theme",
    "Unit",
]


MAX_STORIES = 100
MAX_FIGURES = 500
MAX_PLACES = 500
"""Places of one file."""
MAX_PLACES_OF_ATLAS = 5_000
MAX_THEMES = 50
MAX_BODY = 100_000
"""Characters of a story in one language; a long magazine piece has a third of them."""
MAX_WITHOUT_STORY = 5_000
MAX_EXEMPT = 1_000
"""Words per language whose numbers are no figures."""


Cited = TypeVar("Cited", Figure, Place)


class Theme(Model):
    """A subject that stories share and readers filter by."""

    id: Slug
    """Name of the theme in addresses and story files."""
    label: Texts
    """What readers see."""
    icon: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$", max_length=60)]
    """Name of an icon (see below), such as `eco`; any other is warned of, and not shown."""
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
    file: (
        Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", max_length=100)]
        | None
    ) = None
    """Name of a file in this folder that holds the text, where it may be kept there; the check
    then looks every quote up in it."""


class DecimalMark(StrEnum):
    """The sign before decimals."""

    POINT = "point"
    COMMA = "comma"


class StoryText(Model):
    """A story in one language."""

    headline: Words
    lead: Words
    """The words of the first paragraph, without the marks of Markdown."""
    body_markdown: Annotated[str, StringConstraints(max_length=MAX_BODY)]
    """What follows, with the marks of its scenes; see `stories.markdown`."""
    lead_markdown: str = ""
    """The lead as it is written, where that is more than its words."""


class StoryFile(Model):
    """A town's figures and themes, as they stand in `<town>.yaml`."""

    town: Slug
    """Slug of the town in the boundary file; the file is named after it."""
    themes: tuple[Slug, ...] = Field(min_length=1, max_length=MAX_THEMES)
    """Ids of one or more themes of the atlas, the main one first."""
    section: Texts | None = None
    """Heading of the section of the source that the story is drawn from."""
    figures: tuple[Figure, ...] = Field(default=(), max_length=MAX_FIGURES)
    """Every number of the story, in the order in which the panel shows them."""
    scenes: tuple[Scene, ...] = Field(default=(), max_length=MAX_SCENES)
    """What the map does while the marked passages of the text are read; none, and the story is
    told without scenes."""
    graphics: tuple[Graphic, ...] = Field(default=(), max_length=MAX_GRAPHICS)
    """Graphics of the story's figures, in the order of their importance."""
    hero_graphic: Slug | None = None
    """Id of the graphic that stands before the text, or `none`; left out, it is the first."""
    places: tuple[Place, ...] = Field(default=(), max_length=MAX_PLACES)
    """Places in this division that the story names, in the order in which the panel lists them."""
    not_figures: dict[Language, Annotated[tuple[Words, ...], Field(max_length=MAX_EXEMPT)]] = Field(
        default_factory=dict, max_length=MAX_LANGUAGES
    )
    """Per language, words of the prose whose numbers are no figures: names of campaigns, dates,
    ordinals."""

    media: tuple[Medium, ...] = Field(default=(), max_length=MAX_MEDIA)
    """Pictures, sounds and films of the story."""
    hero: Slug | None = None
    """Id of the picture that the story opens with; its preview card shows it, too."""
    hero_place: HeroPlace = HeroPlace.BELOW
    """`above` or `below` the headline."""

    @field_validator("figures")
    @classmethod
    def _passages_know_their_section(
        cls, figures: tuple[Figure, ...], info: ValidationInfo
    ) -> tuple[Figure, ...]:
        section = info.data.get("section")
        return tuple(_with_section(figure, section) for figure in figures)

    @field_validator("places")
    @classmethod
    def _places_know_their_section(
        cls, places: tuple[Place, ...], info: ValidationInfo
    ) -> tuple[Place, ...]:
        section = info.data.get("section")
        return tuple(_with_section(place, section) for place in places)


def _with_section(cited: Cited, section: Texts | None) -> Cited:
    if cited.passage is None or cited.passage.section is not None:
        return cited
    passage = cited.passage.model_copy(update={"section": section})
    return cited.model_copy(update={"passage": passage})


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

    def graphic(self, graphic_id: str | None) -> Graphic | None:
        """Return the graphic called `graphic_id`, if there is one."""
        return next((graphic for graphic in self.graphics if graphic.id == graphic_id), None)

    @property
    def opening_graphic(self) -> Graphic | None:
        """The graphic before the text, if there is one."""
        if self.hero_graphic is None:
            return self.graphics[0] if self.graphics else None
        return None if self.hero_graphic == NO_HERO else self.graphic(self.hero_graphic)

    @property
    def divisions(self) -> set[str]:
        """Slugs of the divisions that the story names: its own, and those of its scenes."""
        scenes = (slug for scene in self.scenes for slug in scene.divisions)
        return {self.town, *scenes}

    def scene(self, scene_id: str | None) -> Scene | None:
        """Return the scene called `scene_id`, if there is one."""
        return next((scene for scene in self.scenes if scene.id == scene_id), None)


class AtlasHead(Model):
    """What an atlas says about itself."""

    id: Slug
    """Name of the atlas among others, best that of its folder."""
    title: Texts
    """Title of the page."""
    place: Texts
    """Name of the county."""
    intro: Texts
    """A sentence or two for the page's start."""
    about: Texts | None = None
    """What the source as a whole is about: a paragraph or two below the intro, with an empty line
    between them."""
    languages: tuple[Language, ...] = Field(min_length=1, max_length=MAX_LANGUAGES)
    """Languages the atlas is written in. The first is the one readers get who ask for none; a text
    that a language lacks is taken from the first of these that has it."""
    boundaries: Slug
    """Name of the boundary set that the towns lie in: a folder beside this file that holds
    `divisions.geojson`, or a set that comes with the program, such as `deqing`."""
    themes: tuple[Theme, ...] = Field(min_length=1, max_length=MAX_THEMES)
    """Themes in the order in which the page lists them."""
    source: Source
    """The text that the stories are written from."""
    figures: tuple[Figure, ...] = Field(default=(), max_length=MAX_FIGURES)
    """Figures of the county as a whole, each with a `source` of its own."""
    graphics: tuple[Graphic, ...] = Field(default=(), max_length=MAX_GRAPHICS)
    """Graphics of figures of several towns, in the order in which the overview shows them."""
    places: tuple[AtlasPlace, ...] = Field(default=(), max_length=MAX_PLACES)
    """Places of no single story; each names its `division`, with which it is listed."""
    media: tuple[Medium, ...] = Field(default=(), max_length=MAX_MEDIA)
    """Pictures, sounds and films that any story may place."""
    metrics: tuple[Metric, ...] = Field(default=(), max_length=MAX_METRICS)
    """Numbers that every division has, in the order in which the page lists them; their values
    stand in `metrics.csv` or `metrics.xlsx`."""
    reorganisations: tuple[Reorganisation, ...] = Field(default=(), max_length=MAX_REORGANISATIONS)
    """Changes of boundaries, across which metrics are not compared."""

    levels: Levels = Levels()
    """What the atlas calls the whole, its parts and its texts, by language, with plurals; without
    it they are county, divisions and stories."""
    units: tuple[DeclaredUnit, ...] = Field(default=(), max_length=MAX_UNITS)
    """Units of the atlas's own, which figures and metrics may have."""

    def metric(self, metric_id: str | None) -> Metric | None:
        """Return the metric called `metric_id`, if there is one."""
        return next((metric for metric in self.metrics if metric.id == metric_id), None)


class AtlasFile(AtlasHead):
    """An atlas as it stands in `atlas.yaml`."""

    stories: tuple[Slug, ...] = Field(min_length=1, max_length=MAX_STORIES)
    """Slugs of the towns that have a story, in the order in which the page lists them."""
    no_story: tuple[Slug, ...] = Field(default=(), max_length=MAX_WITHOUT_STORY)
    """Slugs of the divisions that have none on purpose; the check asks about all others."""
    not_figures: dict[Language, Annotated[tuple[Words, ...], Field(max_length=MAX_EXEMPT)]] = Field(
        default_factory=dict, max_length=MAX_LANGUAGES
    )
    """Per language, words of this file's `intro` and `about`, and of its places and media, whose
    numbers are no figures."""
    names_with_numbers: dict[
        Language, Annotated[tuple[Words, ...], Field(max_length=MAX_EXEMPT)]
    ] = Field(default_factory=dict, max_length=MAX_LANGUAGES)
    """Per language, names in which a number counts nothing, beside those that are known (`十四五`,
    `G60`, `5G`): `{zh: [五里牌, 三一重工], en: [Studio 54]}`. They hold for all its texts."""
    decimal: DecimalMark | None = None
    """`point` or `comma`: the sign before decimals in tables of figures. Needed only where a number
    such as `1.234` can be read in both ways."""


class Atlas(AtlasHead):
    """A whole atlas: what it says about itself, and its stories."""

    stories: tuple[Story, ...]
    """Stories in the order in which the page lists them."""
    files: Mapping[str, MediaFile] = Field(default_factory=dict)
    """The files of `media` that can be shown, by name."""
    metric_values: tuple[MetricValue, ...] = ()
    """Values of the metrics, by the slugs of their divisions once these are known."""
    words: PageWords = Field(default_factory=dict)
    """What stands in `words.<language>.yaml`: words of the page of the atlas's own."""

    def medium(self, medium_id: str, story: Story | None = None) -> Medium | None:
        """Return the medium called `medium_id`: of a story, else of the atlas."""
        media = (*(story.media if story else ()), *self.media)
        return next((each for each in media if each.id == medium_id), None)

    def file(self, medium: Medium | None) -> MediaFile | None:
        """Return the file of a medium, if it can be shown."""
        return self.files.get(medium.file) if medium and medium.file else None

    def story(self, town: str | None) -> Story | None:
        """Return the story of `town`, if it has one."""
        return next((story for story in self.stories if story.town == town), None)

    def graphic(self, graphic_id: str) -> Graphic | None:
        """Return the graphic of several towns called `graphic_id`, if there is one."""
        return next((graphic for graphic in self.graphics if graphic.id == graphic_id), None)

    def figures_of(self, town: str | None) -> tuple[Figure, ...]:
        """Return the figures of a town's story, or those of the county as a whole."""
        story = self.story(town)
        return story.figures if story else () if town else self.figures

    def colours(self) -> dict[str, str]:
        """Return the colour of each town that has a story: that of the story's first theme."""
        return {story.town: self.theme(story.themes[0]).colour for story in self.stories}

    def places_in(self, town: str | None) -> tuple[Place, ...]:
        """Return the places of a division: those of its story, then the atlas's own."""
        story = self.story(town)
        own = story.places if story else ()
        return (*own, *(place for place in self.places if place.division == town))

    def theme(self, theme_id: str) -> Theme:
        """Return the theme called `theme_id`.

        Raises
        ------
        KeyError
            There is none; a loaded atlas never names one.
        """
        return next(theme for theme in self.themes if theme.id == theme_id)
