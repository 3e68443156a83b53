"""Look every quote up in the text that an atlas is drawn from."""

from collections.abc import Iterator

from faults import Fault, Severity, nearest
from stories.files.loader import AtlasFiles
from stories.files.source_text import paragraphs
from stories.files.yaml import Loc
from stories.model.atlas import Figure, Texts


def passage_faults(reading: AtlasFiles, source_text: str) -> Iterator[Fault]:
    """Find passages whose section, paragraph or quote is not in `source_text`."""
    headings = [
        heading
        for town in reading.towns
        if town.file and town.file.section
        for heading in town.file.section.root.values()
    ]
    for town in reading.towns:
        for index, figure in enumerate(town.file.figures if town.file else ()):
            fault = _fault(figure, source_text, headings)
            if fault is not None and town.source is not None:
                key, what, mend = fault
                loc: Loc = ("figures", index, *key)
                yield town.source.fault(loc, what, mend, severity=Severity.WARNING)


def _fault(figure: Figure, source_text: str, headings: list[str]) -> tuple[Loc, str, str] | None:
    passage = figure.passage
    if passage is None or passage.section is None:
        return None
    section = _section(passage.section, source_text, headings)
    if section is None:
        said = next(iter(passage.section.root.values()))
        lines = [line.strip() for line in source_text.splitlines() if line.strip()]
        return ("passage",), f"the source has no heading {said!r}", nearest(said, lines)
    if passage.paragraph > len(section):
        what = f"the section has {len(section)} paragraphs, not {passage.paragraph}"
        return ("passage", "paragraph"), what, "count again below the heading"
    if figure.quote is None or figure.quote in section[passage.paragraph - 1]:
        return None
    places = [str(n) for n, text in enumerate(section, start=1) if figure.quote in text]
    where = f"it stands in {', '.join(places)}" if places else "copy the words as they stand there"
    return ("quote",), f"paragraph {passage.paragraph} does not say {figure.quote!r}", where


def _section(heading: Texts, source_text: str, headings: list[str]) -> list[str] | None:
    lines = {line.strip() for line in source_text.splitlines()}
    found = next((text for text in heading.root.values() if text in lines), None)
    return paragraphs(source_text, found, headings) if found else None
