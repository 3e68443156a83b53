"""Read an atlas folder: the only place where its files are opened.

The folder holds ``atlas.yaml`` and, per town, ``<town>.yaml`` with the figures and
``<town>.<language>.md`` with the words. Every fault of every file is found in one go.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from faults import Fault, capped, shown
from stories.errors import AtlasError
from stories.files.consistency import (
    atlas_faults,
    faults_between,
    media_faults,
    passage_faults,
    story_faults,
)
from stories.files.folder import Folder
from stories.files.markdown import ProseFault, body_line, parse_story_text
from stories.files.media import MediaFiles, read_media
from stories.files.metrics import MetricFile, metric_model_faults, read_metric_file
from stories.files.model_faults import faults_of
from stories.files.near_misses import did_you_mean
from stories.files.tables import faults_once, note_near_miss, read_figures, table_names
from stories.files.words import level_faults, words_faults, words_name, words_tags
from stories.files.yaml import YamlSource, read_yaml
from stories.markdown import read_body
from stories.model.atlas import (
    MAX_FIGURES,
    MAX_STORIES,
    MAX_THEMES,
    Atlas,
    AtlasFile,
    AtlasHead,
    DecimalMark,
    Story,
    StoryFile,
    StoryText,
)
from stories.model.language import LONGEST_TAG, is_language
from stories.model.media import MAX_MEDIA
from stories.model.metric import MAX_METRICS
from stories.model.text import MAX_LANGUAGES
from stories.model.unit import MAX_UNITS, DeclaredUnit
from stories.model.words import PageWords

ATLAS_FILE = "atlas.yaml"
LONGEST_NAME = 100
"""Characters of a name that a file is looked for under."""
M = TypeVar("M", bound=BaseModel)


def load_atlas(folder: Path) -> Atlas:
    """Read the atlas whose ``atlas.yaml`` lies in `folder`.

    Raises
    ------
    AtlasError
        With every fault of every file, each named by `folder` and the file in it.
    """
    return read_atlas(folder).atlas()


@dataclass(frozen=True)
class Prose:
    """A story's words in one language: the file as it is, and what was read from it."""

    file: str
    raw: str
    text: StoryText | None

    @cached_property
    def scenes(self) -> Mapping[str, int]:
        """Line of each scene's mark in the body, counted from 1, by the scene's id."""
        return read_body(self.text.body_markdown).scenes if self.text else {}

    @property
    def body_line(self) -> int:
        """Line of the file, counted from 1, in which the body begins."""
        return body_line(self.raw, self.text.body_markdown) if self.text else 1


@dataclass(frozen=True, slots=True)
class StoryFiles:
    """What was read of one town, as far as it was legible."""

    town: str
    source: YamlSource | None
    file: StoryFile | None
    prose: dict[str, Prose]

    def story(self) -> Story | None:
        """Return the story, if its figures and words are whole."""
        texts = {lang: prose.text for lang, prose in self.prose.items() if prose.text}
        if self.file is None or not texts:
            return None
        fields = {name: getattr(self.file, name) for name in StoryFile.model_fields}
        return Story(**fields, texts=texts)


@dataclass(slots=True)
class AtlasFiles:
    """What was read of an atlas, with where everything stands and what is wrong."""

    folder: Folder
    source: YamlSource | None = None
    head: AtlasFile | None = None
    towns: list[StoryFiles] = field(default_factory=list)
    media: MediaFiles = field(default_factory=MediaFiles)
    metrics: MetricFile | None = None
    words: PageWords = field(default_factory=dict)

    @property
    def faults(self) -> list[Fault]:
        """Everything that keeps the atlas from being shown."""
        return self.folder.faults

    def atlas(self) -> Atlas:
        """Return the atlas that was read.

        Raises
        ------
        AtlasError
            The files have faults, all of which it carries.
        """
        if self.faults or self.head is None:
            raise AtlasError(capped(self.faults))
        fields = {name: getattr(self.head, name) for name in AtlasHead.model_fields}
        stories = tuple(town.story() for town in self.towns)
        return Atlas(
            **fields,
            stories=tuple(filter(None, stories)),
            files=self.media.files,
            metric_values=self.metrics.values if self.metrics else (),
            words=self.words,
        )


def read_atlas(path: Path) -> AtlasFiles:
    """Read as much of the atlas in `path` as is legible; its faults are in the result."""
    folder = Folder(path)
    reading = AtlasFiles(folder, source=_yaml(folder, ATLAS_FILE))
    if reading.source is None:
        return reading
    outline = _Outline.of(reading.source.data)
    reading.head = _model(folder, AtlasFile, reading.source, outline.units)
    if reading.head is not None:
        folder.faults.extend(atlas_faults(reading.head, reading.source))
        folder.faults.extend(media_faults(reading.head, reading.source))
        folder.faults.extend(metric_model_faults(reading.head, reading.source))
        folder.faults.extend(level_faults(reading.head, reading.source))
    languages, decimal = outline.languages, outline.decimal
    reading.words = _words_of_the_page(folder, languages)
    reading.metrics = read_metric_file(folder, languages, decimal, reading.head)
    reading.towns = [_town(folder, town, outline) for town in outline.towns]
    if reading.head is not None:
        stories = filter(None, (town.file for town in reading.towns))
        folder.faults.extend(faults_between(reading.head, reading.source, stories))
    parts = [reading.head, *(town.file for town in reading.towns)]
    reading.media = read_media(path, (each for part in parts if part for each in part.media))
    return reading


def _words_of_the_page(folder: Folder, languages: list[str]) -> PageWords:
    """Read the files in which the atlas has words of its own, by language."""
    words = {}
    known = [lang for lang in languages if len(lang) <= LONGEST_TAG and is_language(lang)]
    for tag in words_tags(known):
        source = _yaml(folder, words_name(tag)) if folder.has(words_name(tag)) else None
        if source is None:
            continue
        faults = list(words_faults(source, tag))
        folder.faults.extend(faults)
        if not faults:
            words[tag] = {name: texts for name, texts in source.data.items() if texts}
    return words


def _town(folder: Folder, town: str, outline: "_Outline") -> StoryFiles:
    source = _yaml(folder, f"{town}.yaml")
    if source is not None:
        source = _with_table(folder, town, source, outline)
    file = _model(folder, StoryFile, source, outline.units)
    if file is not None and source is not None:
        folder.faults.extend(
            story_faults(file, source, outline.themes, outline.figures, outline.metrics)
        )
        folder.faults.extend(media_faults(file, source, outline.media))
        if file.town != town:
            what = f"the file is named after {shown(town)} but its town is {file.town!r}"
            folder.faults.append(source.fault(("town",), what, f"write `town: {town}`"))
    prose = _prose(folder, town, outline.languages)
    for each in prose.values():
        if file is not None and each.text is not None:
            faults = passage_faults(file, each.file, each.scenes, each.body_line)
            folder.faults.extend(faults)
    return StoryFiles(town, source, file, prose)


def _with_table(folder: Folder, town: str, source: YamlSource, outline: "_Outline") -> YamlSource:
    """Add the figures of the table beside the story, if there is one."""
    table = read_figures(folder, town, outline.languages, outline.decimal)
    if table is None:
        if "figures" not in source.data:
            note_near_miss(folder, table_names(town))
        return source
    if "figures" in source.data:
        what = f"there are figures here and in {Path(table.file).name}"
        mend = "keep them in one of the two files"
        folder.faults.append(source.fault(("figures",), what, mend, at_key=True))
        return source
    return source.including("figures", table)


def _prose(folder: Folder, town: str, languages: list[str]) -> dict[str, Prose]:
    names = {language: f"{town}.{language}.md" for language in languages}
    there = {lang: name for lang, name in names.items() if folder.has(name)}
    if names and not there:
        name = next(iter(names.values()))
        near = (did_you_mean(folder.names(), each) for each in names.values())
        mend = next(filter(None, near), "write this file")
        folder.note(name, 1, "the story has no words yet", mend)
    read = {lang: (name, folder.read(name)) for lang, name in there.items()}
    return {
        lang: Prose(folder.name(name), raw, _parsed(folder, name, raw))
        for lang, (name, raw) in read.items()
        if raw is not None
    }


def _parsed(folder: Folder, name: str, raw: str) -> StoryText | None:
    text = parse_story_text(raw)
    if isinstance(text, ProseFault):
        folder.note(name, text.line, text.what, text.mend)
        return None
    return text


def _yaml(folder: Folder, name: str) -> YamlSource | None:
    text = folder.read(name)
    if text is None:
        return None
    source = read_yaml(text, folder.name(name))
    folder.faults.extend(source.faults)
    if source.faults:
        return None
    if not isinstance(source.data, dict):
        folder.note(name, 1, "the file holds no keys", "write `key: value` lines")
        return None
    return source


def _model(
    folder: Folder, kind: type[M], source: YamlSource | None, units: Mapping[str, DeclaredUnit]
) -> M | None:
    if source is None:
        return None
    try:
        return kind.model_validate(source.data, context={"units": units})
    except ValidationError as error:
        folder.faults.extend(faults_once(faults_of(error, source, kind), source))
        return None


@dataclass(frozen=True, slots=True)
class _Outline:
    """What a story file needs to know of the atlas, as far as the atlas is legible."""

    towns: list[str]
    languages: list[str]
    themes: list[str]
    figures: list[str]
    decimal: DecimalMark | None
    media: list[str]
    metrics: list[str]
    units: dict[str, DeclaredUnit]

    @classmethod
    def of(cls, data: dict[str, Any]) -> "_Outline":
        towns = map(str, _list(data, "stories")[:MAX_STORIES])
        themes = [each for each in _list(data, "themes") if isinstance(each, dict)]
        figures = [each for each in _list(data, "figures") if isinstance(each, dict)]
        media = [each for each in _list(data, "media") if isinstance(each, dict)]
        metrics = [each for each in _list(data, "metrics") if isinstance(each, dict)]
        return cls(
            towns=[each for each in dict.fromkeys(towns) if len(each) <= LONGEST_NAME],
            languages=_words(_list(data, "languages")[:MAX_LANGUAGES]),
            themes=_words([theme.get("id") for theme in themes[:MAX_THEMES]]),
            figures=_words([figure.get("id") for figure in figures[:MAX_FIGURES]]),
            media=[str(medium.get("id")) for medium in media[:MAX_MEDIA]],
            metrics=[str(metric.get("id")) for metric in metrics[:MAX_METRICS]],
            units={unit.id: unit for unit in _units(_list(data, "units")[:MAX_UNITS])},
            decimal=next((mark for mark in DecimalMark if mark == data.get("decimal")), None),
        )


def _units(declared: list[Any]) -> Iterator[DeclaredUnit]:
    """Yield the units that are whole; the others are faults of the atlas's file."""
    for each in declared:
        try:
            yield DeclaredUnit.model_validate(each)
        except ValidationError:
            continue


def _list(data: dict[str, Any], key: str) -> list[Any]:
    found = data.get(key)
    return found if isinstance(found, list) else []


def _words(items: list[Any]) -> list[str]:
    return [item for item in items if isinstance(item, str)]
