"""Read an atlas folder: the only place where its files are opened.

The folder holds ``atlas.yaml`` and, per town, ``<town>.yaml`` with the figures and
``<town>.<language>.md`` with the words. Every fault of every file is found in one go.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from stories.consistency import atlas_faults, story_faults
from stories.errors import AtlasError, Fault
from stories.fault_text import faults_of
from stories.models import Atlas, AtlasFile, AtlasHead, Story, StoryFile, StoryText
from stories.prose import ProseFault, parse_story_text
from stories.yaml_source import YamlSource, read_yaml

ATLAS_FILE = "atlas.yaml"
MAX_BYTES = 1_000_000
_SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
M = TypeVar("M", bound=BaseModel)


def load_atlas(folder: Path) -> Atlas:
    """Read the atlas whose ``atlas.yaml`` lies in `folder`.

    Raises
    ------
    AtlasError
        With every fault of every file, each named by `folder` and the file in it.
    """
    reading = _Reading(folder)
    head, stories = reading.atlas()
    if reading.faults or head is None:
        raise AtlasError(tuple(reading.faults))
    fields = {name: getattr(head, name) for name in AtlasHead.model_fields}
    return Atlas(**fields, stories=stories)


@dataclass(slots=True)
class _Reading:
    """One pass over a folder, collecting faults."""

    folder: Path
    faults: list[Fault] = field(default_factory=list)

    def atlas(self) -> tuple[AtlasFile | None, tuple[Story, ...]]:
        source = self.yaml(ATLAS_FILE)
        head = self.model(AtlasFile, source)
        if source is None:
            return None, ()
        if head is not None:
            self.faults.extend(atlas_faults(head, source))
        outline = _Outline.of(source.data)
        stories = [self.story(town, outline) for town in outline.towns]
        return head, tuple(story for story in stories if story)

    def story(self, town: str, outline: "_Outline") -> Story | None:
        source = self.yaml(f"{town}.yaml")
        story = self.model(StoryFile, source)
        if story is not None and source is not None:
            self.faults.extend(story_faults(story, source, outline.themes))
            if story.town != town:
                what = f"the file is named after {town!r} but its town is {story.town!r}"
                self.faults.append(source.fault(("town",), what, f"write `town: {town}`"))
        texts = self.texts(town, outline.languages)
        if story is None or not texts:
            return None
        fields = {name: getattr(story, name) for name in StoryFile.model_fields}
        return Story(**fields, texts=texts)

    def texts(self, town: str, languages: list[str]) -> dict[str, StoryText]:
        names = {language: f"{town}.{language}.md" for language in languages}
        there = {lang: name for lang, name in names.items() if (self.folder / name).exists()}
        if names and not there:
            name = next(iter(names.values()))
            self.note(name, 1, "the story has no words yet", "write this file")
        parsed = {lang: self.prose(name) for lang, name in there.items()}
        return {lang: text for lang, text in parsed.items() if text}

    def prose(self, name: str) -> StoryText | None:
        text = self.read(name)
        if text is None:
            return None
        story_text = parse_story_text(text)
        if isinstance(story_text, ProseFault):
            self.note(name, story_text.line, story_text.what, story_text.mend)
            return None
        return story_text

    def yaml(self, name: str) -> YamlSource | None:
        text = self.read(name)
        if text is None:
            return None
        source = read_yaml(text, self.path(name))
        self.faults.extend(source.faults)
        if source.faults:
            return None
        if not isinstance(source.data, dict):
            self.note(name, 1, "the file holds no keys", "write `key: value` lines")
            return None
        return source

    def model(self, kind: type[M], source: YamlSource | None) -> M | None:
        if source is None:
            return None
        try:
            return kind.model_validate(source.data)
        except ValidationError as error:
            self.faults.extend(faults_of(error, source, kind))
            return None

    def read(self, name: str) -> str | None:
        path = self.folder / name
        if not _SAFE_NAME.fullmatch(name) or not _inside(path, self.folder):
            self.note(name, 1, "the file lies outside the folder", "keep it beside atlas.yaml")
            return None
        try:
            data = path.read_bytes() if path.stat().st_size <= MAX_BYTES else None
        except OSError as error:
            what = f"the file cannot be read ({error.strerror})"
            self.note(name, 1, what, "create it, or correct the name that leads here")
            return None
        if data is None:
            self.note(name, 1, f"the file is larger than {MAX_BYTES:,} bytes", "shorten it")
            return None
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            self.note(name, line, "the text is not UTF-8", "save the file as UTF-8")
            return None

    def path(self, name: str) -> str:
        return (self.folder / name).as_posix()

    def note(self, name: str, line: int, what: str, mend: str) -> None:
        self.faults.append(Fault(self.path(name), line, 1, what, mend))


@dataclass(frozen=True, slots=True)
class _Outline:
    """What a story file needs to know of the atlas, as far as the atlas is legible."""

    towns: list[str]
    languages: list[str]
    themes: list[str]

    @classmethod
    def of(cls, data: dict[str, Any]) -> "_Outline":
        themes = [each for each in _list(data, "themes") if isinstance(each, dict)]
        return cls(
            towns=list(dict.fromkeys(_words(_list(data, "stories")))),
            languages=_words(_list(data, "languages")),
            themes=_words([theme.get("id") for theme in themes]),
        )


def _list(data: dict[str, Any], key: str) -> list[Any]:
    found = data.get(key)
    return found if isinstance(found, list) else []


def _words(items: list[Any]) -> list[str]:
    return [item for item in items if isinstance(item, str)]


def _inside(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())
