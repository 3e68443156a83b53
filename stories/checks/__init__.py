"""Check an atlas as an editor would wish: not only whether it loads, but whether it is whole."""

from collections.abc import Collection, Iterator
from pathlib import Path

from stories.checks.coverage import division_faults, icon_faults, language_faults, theme_faults
from stories.checks.links import link_faults, orphan_faults
from stories.checks.numbers import number_faults, quote_faults
from stories.checks.passages import passage_faults
from stories.errors import BoundariesError, Fault, Severity
from stories.files.divisions import boundary_file, read_divisions
from stories.files.loader import AtlasFiles, read_atlas


def check_atlas(
    folder: Path, divisions: Collection[str] | None = None, source_text: str | None = None
) -> list[Fault]:
    """Return every fault of an atlas, errors and warnings, in the order of files and lines.

    Parameters
    ----------
    folder
        Where ``atlas.yaml`` lies.
    divisions
        Slugs of the divisions that have a boundary; None looks them up in the atlas's boundary
        file.
    source_text
        The text that the stories are drawn from, where the atlas names no file of its own.
    """
    reading = read_atlas(folder)
    beyond = list(_beyond_loading(reading, divisions, source_text))
    return sorted({*reading.faults, *beyond})


def _beyond_loading(
    reading: AtlasFiles, divisions: Collection[str] | None, source_text: str | None
) -> Iterator[Fault]:
    head, source = reading.head, reading.source
    if head is None or source is None:
        return
    if divisions is None:
        try:
            divisions = _divisions(reading.folder.path, head.boundaries)
        except BoundariesError as error:
            what, _, mend = str(error).partition("; ")
            yield source.fault(("boundaries",), what, mend)
    if divisions is not None:
        yield from division_faults(head, source, divisions)
    yield from orphan_faults(reading)
    yield from theme_faults(reading)
    yield from icon_faults(head, source)
    yield from language_faults(reading)
    yield from link_faults(reading, divisions)
    if head.source.file:
        source_text = reading.folder.read(head.source.file)
    if source_text is not None:
        yield from passage_faults(reading, source_text)
    yield from _numbers(reading)


def _divisions(folder: Path, boundaries: str) -> list[str]:
    file = boundary_file(folder, boundaries)
    if file is None:
        raise BoundariesError(
            f"there is no boundary set {boundaries!r}; make it with python -m geo build, in a "
            "folder of that name"
        )
    return [division.slug for division in read_divisions(file)]


def _numbers(reading: AtlasFiles) -> Iterator[Fault]:
    assert reading.head is not None
    assert reading.source is not None
    everything = [*reading.head.figures]
    for town in reading.towns:
        if town.file is None or town.source is None:
            continue
        yield from quote_faults(town.file, town.source, reading.head.languages)
        everything.extend(town.file.figures)
        for lang, prose in town.prose.items():
            exempt = town.file.not_figures.get(lang, ())
            yield from number_faults(prose.file, prose.raw, lang, town.file.figures, exempt)
    for lang, text in reading.head.intro.root.items():
        for fault in number_faults(reading.source.file, text, lang, everything):
            yield reading.source.fault(
                ("intro", lang), fault.what, fault.mend, severity=Severity.WARNING
            )
