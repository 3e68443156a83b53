"""Check pictures, sounds and films: their files, their words, and where they stand."""

from collections.abc import Iterator

from faults import Fault, Lines, Severity, nearest
from stories.files.loader import AtlasFiles, StoryFiles
from stories.files.media import media_names
from stories.files.yaml import Loc, YamlSource
from stories.model.atlas import AtlasFile, MediaFile, Medium, StoryFile
from stories.model.media import MEDIA_FOLDER, MediaKind
from stories.model.media_marks import Mark, MarkKind, marks

_TAKES = {
    MarkKind.PICTURE: {MediaKind.PICTURE},
    MarkKind.GALLERY: {MediaKind.PICTURE},
    MarkKind.COMPARE: {MediaKind.PICTURE},
    MarkKind.SOUND: {MediaKind.SOUND},
    MarkKind.FILM: {MediaKind.FILM},
}


def media_faults(reading: AtlasFiles) -> Iterator[Fault]:
    """Find media whose file cannot be shown, that lack words, or that nothing places."""
    if reading.head is None or reading.source is None:
        return
    common = {medium.id: medium for medium in reading.head.media}
    used: set[str] = set()
    yield from _part_faults(reading, reading.head, reading.source, common)
    for town in reading.towns:
        if town.file is None or town.source is None:
            continue
        known = {**common, **{medium.id: medium for medium in town.file.media}}
        yield from _part_faults(reading, town.file, town.source, known)
        yield from _mark_faults(reading, town, known)
        here = _placed(town)
        used |= here
        yield from _unused(town.file, town.source, here)
    if all(town.file for town in reading.towns):
        used |= {place.picture for place in reading.head.places if place.picture}
        yield from _unused(reading.head, reading.source, used)
        yield from _unnamed(reading)


def _part_faults(
    reading: AtlasFiles,
    part: AtlasFile | StoryFile,
    source: YamlSource,
    known: dict[str, Medium],
) -> Iterator[Fault]:
    for index, medium in enumerate(part.media):
        loc = ("media", index)
        for where, name in _files(medium):
            if fault := reading.media.faults.get(name):
                what = f"{name}: {fault.what}"
                yield _warning(source, (*loc, *where), what, fault.mend)
        file = reading.media.files.get(medium.file or "")
        for what, mend in _lacking(medium, file):
            yield _warning(source, loc, f"medium {medium.id!r} {what}", mend)
        if medium.still and not _is_picture(reading, known.get(medium.still)):
            what = f"{medium.still!r} is no picture"
            yield _warning(source, (*loc, "still"), what, "name a picture")
    hero = part.hero if isinstance(part, StoryFile) else None
    if hero and not _is_picture(reading, known.get(hero)):
        yield _warning(source, ("hero",), f"{hero!r} is no picture", "name a picture")


def _is_picture(reading: AtlasFiles, medium: Medium | None) -> bool:
    """Whether it is one, as far as can be told; of broken files something else is said."""
    if medium is None or (medium.file and medium.file in reading.media.faults):
        return True
    file = reading.media.files.get(medium.file or "")
    return file is not None and file.kind is MediaKind.PICTURE


def _files(medium: Medium) -> Iterator[tuple[Loc, str]]:
    if medium.file:
        yield ("file",), medium.file
    for key in ("captions", "transcript"):
        for lang, name in getattr(medium, key).items():
            yield (key, lang), name


def _lacking(medium: Medium, file: MediaFile | None) -> Iterator[tuple[str, str]]:
    """Say what a medium does not say of itself."""
    if file is None and medium.link is None:
        return  # what it is cannot be told
    kind = file.kind if file else None
    if kind is MediaKind.PICTURE:
        if medium.alt is None and not medium.decorative:
            mend = "add `alt:` with what it shows, or `decorative: true`"
            yield "does not say what it shows", mend
        if medium.captions or medium.transcript:
            yield "is a picture, which has no captions and no transcript", "take them out"
    elif medium.caption is None:
        yield "has no title", "add `caption:`"
    if medium.link and medium.still is None:
        yield "has no picture of its own", "add `still:` with the id of one"
    if kind:
        yield from _lacking_in_file(medium, kind)


def _lacking_in_file(medium: Medium, kind: MediaKind) -> Iterator[tuple[str, str]]:
    if kind is MediaKind.FILM and not medium.captions:
        yield "has no captions", "add `captions:` with a WebVTT file"
    if kind is not MediaKind.PICTURE and not medium.transcript:
        yield "has no transcript", "add `transcript:` with a text file"
    if medium.credit is None:
        yield "does not say who made it", "add `credit:`"
    if medium.licence is None:
        yield "does not say on what terms it may be shown", "add `licence:`"


def _mark_faults(
    reading: AtlasFiles, town: StoryFiles, known: dict[str, Medium]
) -> Iterator[Fault]:
    for prose in town.prose.values():
        lines = Lines(prose.raw)
        for mark in marks(prose.raw):
            line, column = lines.place(mark.start)
            for what, mend in _wrong(reading, mark, known):
                yield Fault(
                    what, mend, file=prose.file, line=line, column=column,
                    severity=Severity.WARNING,
                )  # fmt: skip


def _wrong(reading: AtlasFiles, mark: Mark, known: dict[str, Medium]) -> Iterator[tuple[str, str]]:
    if fault := mark.fault():
        yield fault
    for each in mark.ids:
        medium = known.get(each)
        if medium is None:
            yield f"there is no medium {each!r}", nearest(each, known)
            continue
        file = reading.media.files.get(medium.file or "")
        is_link = mark.kind == MarkKind.LINK
        if is_link != (medium.link is not None) or (
            file and file.kind not in _TAKES.get(MarkKind(mark.kind), set())
        ):
            right = MarkKind.LINK if medium.link else file.kind if file else None
            if right:
                yield f"{each!r} is no {mark.kind}", f"write `::: {right} {each} :::`"


def _placed(town: StoryFiles) -> set[str]:
    """Return the ids of the media that a story places, and those that these need."""
    assert town.file is not None
    named = {
        each for prose in town.prose.values() for mark in marks(prose.raw) for each in mark.ids
    }
    named |= {each for each in (town.file.hero,) if each}
    named |= {scene.picture for scene in town.file.scenes if scene.picture}
    named |= {place.picture for place in town.file.places if place.picture}
    return named | {each.still for each in town.file.media if each.still and each.id in named}


def _unused(part: AtlasFile | StoryFile, source: YamlSource, used: set[str]) -> Iterator[Fault]:
    stills = {each.still for each in part.media if each.id in used}
    for index, medium in enumerate(part.media):
        if medium.id not in used | stills:
            what = f"no story shows {medium.id!r}"
            mend = "place it in the text, such as `::: picture …`, or take it out"
            yield _warning(source, ("media", index), what, mend)


def _unnamed(reading: AtlasFiles) -> Iterator[Fault]:
    """Find files in the folder for media that no medium names."""
    parts = [reading.head, *(town.file for town in reading.towns)]
    named = {name for part in parts if part for each in part.media for name in each.names()}
    for name in media_names(reading.folder.path):
        if name not in named:
            yield Fault(
                "nothing leads to this file",
                f"name it under `media`, or take it out of {MEDIA_FOLDER}/",
                file=reading.folder.name(name), line=1, severity=Severity.WARNING,
            )  # fmt: skip


def _warning(source: YamlSource, loc: Loc, what: str, mend: str) -> Fault:
    return source.fault(loc, what, mend, severity=Severity.WARNING)
