"""Check that an atlas covers its divisions, its themes and its languages."""

from collections.abc import Collection, Iterator

from pydantic import BaseModel

from faults import Fault, Severity, nearest
from stories.files.loader import AtlasFiles, StoryFiles
from stories.files.yaml import Loc, YamlSource
from stories.model.atlas import AtlasFile, Language, Texts
from stories.view.icons import icons

STUB = "TODO"
_HALF = 2
_NEAREST = 20
"""Unknown divisions for which the nearest known one is looked for."""


def division_faults(
    head: AtlasFile, source: YamlSource, divisions: Collection[str]
) -> Iterator[Fault]:
    """Find towns and places without boundary, and boundaries without town."""
    there, unknown = set(divisions), 0
    for part, slugs in (("stories", head.stories), ("no_story", head.no_story)):
        for index, town in enumerate(slugs):
            if town not in there:
                what = f"the boundary file has no division {town!r}"
                unknown += 1
                mend = nearest(town, divisions) if unknown <= _NEAREST else "take it out"
                yield source.fault((part, index), what, mend)
    for index, place in enumerate(head.places):
        if place.division not in there:
            what = f"the boundary file has no division {place.division!r}"
            mend = nearest(place.division, divisions) if index < _NEAREST else "take it out"
            yield source.fault(("places", index, "division"), what, mend)
    stories, without = set(head.stories), set(head.no_story)
    for index, town in enumerate(head.no_story):
        if town in stories:
            what = f"{town!r} has a story and is listed as having none"
            yield source.fault(("no_story", index), what, "take it out of one of the two lists")
    for town in divisions:
        if town not in stories and town not in without:
            what = f"division {town!r} has no story"
            mend = "write one, or list it under `no_story`"
            yield source.fault(("stories",), what, mend, at_key=True, severity=Severity.WARNING)


def theme_faults(reading: AtlasFiles) -> Iterator[Fault]:
    """Find themes that no story has, once all stories are legible."""
    files = [town.file for town in reading.towns if town.file]
    if reading.head is None or reading.source is None or len(files) < len(reading.towns):
        return
    used = {theme for file in files for theme in file.themes}
    for index, theme in enumerate(reading.head.themes):
        if theme.id not in used:
            what = f"no story has the theme {theme.id!r}"
            mend = "give it to a story, or take it out"
            yield reading.source.fault(("themes", index), what, mend, severity=Severity.WARNING)


def icon_faults(head: AtlasFile, source: YamlSource) -> Iterator[Fault]:
    """Find themes whose icon there is not; they are shown without one."""
    known = icons()
    for index, theme in enumerate(head.themes):
        if theme.icon not in known:
            what = f"there is no icon {theme.icon!r}"
            mend = nearest(theme.icon, known, "take one of those in docs/atlas-format.md")
            loc = ("themes", index, "icon")
            yield source.fault(loc, what, mend, severity=Severity.WARNING)


def language_faults(reading: AtlasFiles) -> Iterator[Fault]:
    """Find texts that lack a language, are still a stub, or are translated by half."""
    if reading.head is None or reading.source is None:
        return
    languages = reading.head.languages
    yield from _texts_faults(reading.head, reading.source, languages)
    for town in reading.towns:
        if town.file is not None and town.source is not None:
            yield from _texts_faults(town.file, town.source, languages)
        yield from _prose_faults(reading, town, languages)


def _texts_faults(
    model: BaseModel, source: YamlSource, languages: Collection[Language]
) -> Iterator[Fault]:
    for loc, texts in _walk(model, ()):
        for language in languages:
            if language not in texts.root:
                what = f"{loc[-1]!r} has no text in {language!r}"
                mend = f"add `{language}:`"
                yield source.fault(loc, what, mend, severity=Severity.WARNING)
        for language, text in texts.root.items():
            if language not in languages:
                what = f"{language!r} is not among the languages of the atlas"
                mend = nearest(language, languages)
                yield source.fault(
                    (*loc, language), what, mend, at_key=True, severity=Severity.WARNING
                )
            if STUB in text:
                yield source.fault(
                    (*loc, language), f"still to be written ({STUB})", "write it",
                    severity=Severity.WARNING,
                )  # fmt: skip


def _walk(value: object, loc: Loc) -> Iterator[tuple[Loc, Texts]]:
    if isinstance(value, Texts):
        yield loc, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if not (name == "section" and loc[-1:] == ("passage",)):  # the story's own, given again
                yield from _walk(getattr(value, name), (*loc, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _walk(item, (*loc, index))


def _prose_faults(
    reading: AtlasFiles, town: StoryFiles, languages: Collection[Language]
) -> Iterator[Fault]:
    written = {lang: _paragraphs(prose.raw) for lang, prose in town.prose.items()}
    longest = max(written.values(), default=0)
    for language in languages:
        file = reading.folder.name(f"{town.town}.{language}.md")
        if language not in written:
            if written:
                what = f"the story is not written in {language!r}"
                yield Fault(what, "write this file", file=file, line=1, severity=Severity.WARNING)
            continue
        raw = town.prose[language].raw
        if STUB in raw:
            line = raw.count("\n", 0, raw.index(STUB)) + 1
            what = f"still to be written ({STUB})"
            yield Fault(what, "write it", file=file, line=line, severity=Severity.WARNING)
        elif written[language] * _HALF < longest:
            what = f"{written[language]} paragraphs here, {longest} in another language"
            yield Fault(
                what, "finish the translation", file=file, line=1, severity=Severity.WARNING
            )


def _paragraphs(raw: str) -> int:
    return sum(1 for block in raw.split("\n\n") if block.strip())
