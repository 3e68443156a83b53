"""Hold the numbers in the words of graphics to the figures, as those of the prose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faults import Severity
from stories.checks.numbers import number_faults

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from faults import Fault
    from stories.files.loader import AtlasFiles
    from stories.files.yaml import Loc, YamlSource
    from stories.model.atlas import Figure, Graphic, Texts


def graphic_number_faults(files: AtlasFiles) -> Iterator[Fault]:
    """Find numbers in the words of graphics that no figure covers: of the story, or one drawn."""
    names = files.head.names_with_numbers if files.head else {}
    for town in files.towns:
        if town.file is None or town.source is None:
            continue
        exempt = _together(town.file.not_figures, names)
        for at, graphic in enumerate(town.file.graphics):
            yield from _faults(graphic, at, town.source, town.file.figures, exempt)
    if files.head is None or files.source is None:
        return
    figures = [*files.head.figures]
    for file in filter(None, (town.file for town in files.towns)):
        figures += (figure.of_town(file.town) for figure in file.figures)
    for at, graphic in enumerate(files.head.graphics):
        drawn = [figure for figure in figures if figure.id in graphic.drawn]
        yield from _faults(graphic, at, files.source, drawn, names)


def _faults(
    graphic: Graphic,
    at: int,
    source: YamlSource,
    figures: Sequence[Figure],
    names: Mapping[str, tuple[str, ...]],
) -> Iterator[Fault]:
    for where, texts in _words(graphic):
        for lang, text in texts.root.items():
            own = names.get(lang, ())
            for fault in number_faults(source.file, text, lang, figures, names=own):
                loc = ("graphics", at, *where, lang)
                yield source.fault(loc, fault.what, fault.mend, severity=Severity.WARNING)


def _words(graphic: Graphic) -> Iterator[tuple[Loc, Texts]]:
    yield ("title",), graphic.title
    if graphic.note:
        yield ("note",), graphic.note
    for number, group in enumerate(graphic.groups):
        yield ("groups", number, "label"), group.label


def _together(
    one: Mapping[str, tuple[str, ...]], other: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Join lists of words whose numbers count nothing, by language."""
    return {lang: (*one.get(lang, ()), *other.get(lang, ())) for lang in {*one, *other}}
