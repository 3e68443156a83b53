"""Check an atlas as an editor would wish: not only whether it loads, but whether it is whole."""

from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

from faults import Fault, FaultyFileError, Severity, capped
from stories.checks.coverage import division_faults, icon_faults, language_faults, theme_faults
from stories.checks.links import link_faults, orphan_faults
from stories.checks.media import media_faults
from stories.checks.numbers import number_faults, quote_faults
from stories.checks.passages import passage_faults
from stories.checks.scenes import figure_link_faults, scene_division_faults, unmarked_scene_faults
from stories.files.folder import Folder
from stories.files.loader import AtlasFiles, read_atlas
from stories.files.yaml import YamlSource
from stories.markdown import FIGURE_LINK, without_marks
from stories.model.atlas import StoryFile
from stories.numbers import find_numbers

DivisionLookup = Callable[[Path, str], Collection[str]]
"""Returns the slugs of the divisions of a boundary set, by the atlas's folder and the set's name;
raises a `FaultyFileError` where there are none."""
FurtherCheck = Callable[[AtlasFiles], Iterable[Fault]]
"""Finds what is wrong with an atlas that the stories alone cannot tell."""


def check_atlas(
    folder: Path,
    divisions: Collection[str] | DivisionLookup | None = None,
    source_text: str | None = None,
    further: FurtherCheck | None = None,
) -> list[Fault]:
    """Return every fault of an atlas, errors and warnings, in the order of files and lines.

    Parameters
    ----------
    folder
        Where ``atlas.yaml`` lies.
    divisions
        Slugs of the divisions that have a boundary, or what looks them up; None where that is not
        to be checked.
    source_text
        The text that the stories are drawn from, where the atlas names no file of its own.
    further
        Finds what else is wrong once there are divisions.
    """
    files = read_atlas(folder)
    if not callable(divisions):
        return check_files(files, divisions, source_text)
    if files.head is None:
        return check_files(files, None, source_text)
    try:
        found = divisions(folder, files.head.boundaries)
    except FaultyFileError as error:
        return capped({*check_files(files, None, source_text), *boundary_faults(files, error)})
    return check_files(files, found, source_text, further(files) if further else ())


def check_files(
    files: AtlasFiles,
    divisions: Collection[str] | None = None,
    source_text: str | None = None,
    further: Iterable[Fault] = (),
) -> list[Fault]:
    """Return every fault of an atlas whose files have been read; see `check_atlas`.

    `further` are faults that were found elsewhere.
    """
    return capped({*files.faults, *_beyond_loading(files, divisions, source_text), *further})


def boundary_faults(files: AtlasFiles, error: FaultyFileError) -> list[Fault]:
    """Return why an atlas has no boundaries; a fault of no file is of the line that names them."""
    assert files.source is not None
    return [
        fault if fault.file else files.source.fault(("boundaries",), fault.what, fault.mend)
        for fault in error.faults
    ]


def _beyond_loading(
    files: AtlasFiles, divisions: Collection[str] | None, source_text: str | None
) -> Iterator[Fault]:
    head, source = files.head, files.source
    if head is None or source is None:
        return
    if divisions is not None:
        yield from division_faults(head, source, divisions)
        yield from scene_division_faults(files, divisions)
    yield from orphan_faults(files)
    yield from theme_faults(files)
    yield from icon_faults(head, source)
    yield from language_faults(files)
    yield from link_faults(files, divisions)
    yield from unmarked_scene_faults(files)
    yield from figure_link_faults(files)
    yield from media_faults(files)
    if head.source.file:
        folder = Folder(files.folder.path)
        source_text = folder.read(head.source.file)
        yield from folder.faults
    if source_text is not None:
        yield from passage_faults(files, source_text)
    yield from _numbers(files)


def _numbers(files: AtlasFiles) -> Iterator[Fault]:
    assert files.head is not None
    assert files.source is not None
    everything = [*files.head.figures]
    for town in files.towns:
        if town.file is None or town.source is None:
            continue
        yield from quote_faults(town.file, town.source, files.head.languages)
        everything.extend(town.file.figures)
        for lang, prose in town.prose.items():
            exempt = town.file.not_figures.get(lang, ())
            linked = {name for _, name in FIGURE_LINK.findall(prose.raw)}
            county = (figure for figure in files.head.figures if figure.id in linked)
            figures, text = [*town.file.figures, *county], without_marks(prose.raw)
            yield from number_faults(prose.file, text, lang, figures, exempt)
        yield from _numbers_of_places(town.file, town.source)
    head = files.head
    opening = {"intro": head.intro.root, "about": head.about.root if head.about else {}}
    for key, texts in opening.items():
        for lang, text in texts.items():
            for fault in number_faults(files.source.file, text, lang, everything):
                yield files.source.fault(
                    (key, lang), fault.what, fault.mend, severity=Severity.WARNING
                )


def _numbers_of_places(file: StoryFile, source: YamlSource) -> Iterator[Fault]:
    """Hold the numbers in what is said of places to the figures, as those of the prose."""
    for index, place in enumerate(file.places):
        for lang, text in (place.text.root if place.text else {}).items():
            if not find_numbers(text, lang):
                continue
            for fault in number_faults(source.file, text, lang, file.figures):
                loc = ("places", index, "text", lang)
                yield source.fault(loc, fault.what, fault.mend, severity=Severity.WARNING)
