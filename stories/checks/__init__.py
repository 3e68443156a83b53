"""Check an atlas as an editor would wish: not only whether it loads, but whether it is whole."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from faults import Fault, FaultyFileError, Severity, capped, shown
from stories.checks.coverage import division_faults, icon_faults, language_faults, theme_faults
from stories.checks.graphics import graphic_number_faults
from stories.checks.links import link_faults, orphan_faults
from stories.checks.media import media_faults
from stories.checks.metrics import metric_coverage_faults, metric_faults
from stories.checks.numbers import number_faults, quote_faults, unread_language_faults
from stories.checks.passages import passage_faults
from stories.checks.prose import prose_faults
from stories.checks.scenes import figure_link_faults, scene_division_faults, unmarked_scene_faults
from stories.checks.units import unit_faults
from stories.checks.words import borrowed_faults
from stories.files.folder import Folder
from stories.files.loader import AtlasFiles, read_atlas
from stories.files.metrics import TODAY
from stories.files.yaml import Loc, YamlSource
from stories.markdown import FIGURE_LINK, without_marks
from stories.model.atlas import AtlasFile, Figure, StoryFile
from stories.model.history import BoundaryHistory
from stories.numbers import find_numbers

if TYPE_CHECKING:
    from stories.model.text import Texts

DivisionLookup = Callable[[Path, str], Collection[str]]
"""Returns the slugs of the divisions of a boundary set, by the atlas's folder and the set's name;
raises a `FaultyFileError` where there are none."""
HistoryLookup = Callable[[Path, str], BoundaryHistory]
"""Returns what is known of a boundary set's earlier dates, once it has been found fit."""
FurtherCheck = Callable[[AtlasFiles], Iterable[Fault]]
"""Finds what is wrong with an atlas that the stories alone cannot tell."""


def check_atlas(
    folder: Path,
    divisions: Collection[str] | DivisionLookup | None = None,
    source_text: str | None = None,
    further: FurtherCheck | None = None,
    history: HistoryLookup | None = None,
) -> list[Fault]:
    """Return every fault of an atlas, errors and warnings, in the order of files and lines.

    Parameters
    ----------
    folder
        Where ``atlas.yaml`` lies.
    divisions
        Slugs of the divisions that have a boundary, or what looks them up; None where that is not
        to be checked. Metrics are held against them where they lead to divisions with their codes.
    source_text
        The text that the stories are drawn from, where the atlas names no file of its own.
    further
        Finds what else is wrong once there are divisions.
    history
        Looks up the divisions of earlier dates, of which metrics may have values.
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
    known = history(folder, files.head.boundaries) if history and files.metrics else TODAY
    return check_files(files, found, source_text, further(files) if further else (), known)


def check_files(
    files: AtlasFiles,
    divisions: Collection[str] | None = None,
    source_text: str | None = None,
    further: Iterable[Fault] = (),
    history: BoundaryHistory = TODAY,
) -> list[Fault]:
    """Return every fault of an atlas whose files have been read; see `check_atlas`.

    `further` are faults that were found elsewhere.
    """
    return capped(
        {*files.faults, *_beyond_loading(files, divisions, source_text, history), *further}
    )


def boundary_faults(files: AtlasFiles, error: FaultyFileError) -> list[Fault]:
    """Return why an atlas has no boundaries; a fault of no file is of the line that names them."""
    assert files.source is not None
    return [
        fault if fault.file else files.source.fault(("boundaries",), fault.what, fault.mend)
        for fault in error.faults
    ]


def _beyond_loading(
    files: AtlasFiles,
    divisions: Collection[str] | None,
    source_text: str | None,
    history: BoundaryHistory,
) -> Iterator[Fault]:
    head, source = files.head, files.source
    if head is None or source is None:
        return
    if divisions is not None:
        yield from division_faults(head, source, divisions)
        yield from scene_division_faults(files, divisions)
        yield from metric_coverage_faults(files, divisions, history)
    yield from orphan_faults(files)
    yield from theme_faults(files)
    yield from icon_faults(head, source)
    yield from language_faults(files)
    yield from borrowed_faults(files)
    yield from link_faults(files, divisions)
    yield from prose_faults(files)
    yield from unmarked_scene_faults(files)
    yield from figure_link_faults(files)
    yield from media_faults(files)
    yield from unit_faults(files)
    yield from metric_faults(files)
    if head.source.file:
        folder = Folder(files.folder.path)
        source_text = folder.read(head.source.file)
        yield from folder.faults
    if source_text is not None:
        yield from passage_faults(files, source_text)
    yield from unread_language_faults(head, source)
    yield from _numbers(files)
    yield from graphic_number_faults(files)


def _numbers(files: AtlasFiles) -> Iterator[Fault]:
    assert files.head is not None
    assert files.source is not None
    head = files.head
    everything = [*head.figures]
    for town in files.towns:
        if town.file is None or town.source is None:
            continue
        yield from quote_faults(town.file, town.source, head.languages)
        everything.extend(town.file.figures)
        others = _other_texts(town.file)
        for lang, prose in town.prose.items():
            elsewhere = [text for _, each, text in others if each == lang]
            exempt = _exempt_here(town.file, lang, prose.raw, elsewhere)
            linked = {name for _, name in FIGURE_LINK.findall(prose.raw)}
            county = (figure for figure in head.figures if figure.id in linked)
            figures, text = [*town.file.figures, *county], without_marks(prose.raw)
            names = head.names_with_numbers.get(lang, ())
            yield from number_faults(prose.file, text, lang, figures, exempt, names=names)
        yield from _numbers_elsewhere(
            head,
            others,
            town.source,
            [*town.file.figures, *head.figures],
            town.file.not_figures,
        )
    opening = {"intro": head.intro.root, "about": head.about.root if head.about else {}}
    texts: list[tuple[Loc, str, str]] = [
        ((key, lang), lang, text) for key, all_ in opening.items() for lang, text in all_.items()
    ]
    texts += _other_texts(head)
    yield from _numbers_elsewhere(head, texts, files.source, everything, head.not_figures)
    yield from _idle_exemptions(head, texts, files.source)


def _idle_exemptions(
    head: AtlasFile, texts: Iterable[tuple[Loc, str, str]], source: YamlSource
) -> Iterator[Fault]:
    """Find words under `not_figures` of the atlas's file that none of its texts has."""
    said = [(lang, text) for _, lang, text in texts]
    for lang, exempt in head.not_figures.items():
        for at, words in enumerate(exempt):
            if not any(each == lang and words in text for each, text in said):
                what = f"{shown(words)} stands in no text of this file"
                mend = "take it out of `not_figures`, or list it in the story's file"
                loc = ("not_figures", lang, at)
                yield source.fault(loc, what, mend, severity=Severity.WARNING)


def _other_texts(file: AtlasFile | StoryFile) -> list[tuple[Loc, str, str]]:
    """Return what is said of places and media: where it stands, its language, its words."""
    said: list[tuple[Loc, Texts | None]] = [
        (("places", index, "text"), place.text) for index, place in enumerate(file.places)
    ]
    for index, medium in enumerate(file.media):
        said += [(("media", index, key), getattr(medium, key)) for key in ("alt", "caption")]
    return [
        ((*loc, lang), lang, text)
        for loc, texts in said
        if texts
        for lang, text in texts.root.items()
    ]


def _exempt_here(file: StoryFile, lang: str, prose: str, elsewhere: Iterable[str]) -> list[str]:
    """Return the exempted words of a language, but for those that stand beside the prose alone."""
    beside = [words for words in file.not_figures.get(lang, ()) if words not in prose]
    only = {words for words in beside if any(words in text for text in elsewhere)}
    return [words for words in file.not_figures.get(lang, ()) if words not in only]


def _numbers_elsewhere(
    head: AtlasFile,
    texts: Iterable[tuple[Loc, str, str]],
    source: YamlSource,
    figures: Sequence[Figure],
    not_figures: Mapping[str, Sequence[str]] | None = None,
) -> Iterator[Fault]:
    """Hold the numbers of short texts in a YAML file to the figures, as those of the prose."""
    for loc, lang, text in texts:
        if not find_numbers(text, lang):
            continue
        exempt = [words for words in (not_figures or {}).get(lang, ()) if words in text]
        names = head.names_with_numbers.get(lang, ())
        for fault in number_faults(source.file, text, lang, figures, exempt, names=names):
            yield source.fault(loc, fault.what, fault.mend, severity=Severity.WARNING)
