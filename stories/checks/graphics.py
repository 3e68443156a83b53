"""Hold the numbers in the words of graphics to the figures, as those of the prose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faults import Severity
from stories.checks.numbers import number_faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from faults import Fault
    from stories.files.loader import AtlasFiles
    from stories.files.yaml import Loc
    from stories.model.atlas import Graphic, Texts


def graphic_number_faults(files: AtlasFiles) -> Iterator[Fault]:
    """Find numbers in the words of graphics that no figure of the story covers."""
    for town in files.towns:
        if town.file is None or town.source is None:
            continue
        for at, graphic in enumerate(town.file.graphics):
            for where, texts in _words(graphic):
                for lang, text in texts.root.items():
                    said = _without(text, town.file.not_figures.get(lang, ()))
                    for fault in number_faults(town.source.file, said, lang, town.file.figures):
                        loc = ("graphics", at, *where, lang)
                        yield town.source.fault(
                            loc, fault.what, fault.mend, severity=Severity.WARNING
                        )


def _words(graphic: Graphic) -> Iterator[tuple[Loc, Texts]]:
    yield ("title",), graphic.title
    if graphic.note:
        yield ("note",), graphic.note
    for number, group in enumerate(graphic.groups):
        yield ("groups", number, "label"), group.label


def _without(text: str, exempt: tuple[str, ...]) -> str:
    for each in exempt:
        text = text.replace(each, " ")
    return text
