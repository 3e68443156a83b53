"""Look every quote up in the text that an atlas is drawn from."""

from collections.abc import Iterator, Sequence
from itertools import islice

from faults import LONGEST_VALUE, Fault, Severity, nearest, shown
from stories.files.loader import AtlasFiles
from stories.files.source_text import paragraphs
from stories.files.yaml import Loc, YamlSource
from stories.model.atlas import AtlasFile, Figure, Place, StoryFile, Texts

MOST_LINES = 500
"""Lines among which the nearest to a heading is looked for."""


def passage_faults(reading: AtlasFiles, source_text: str) -> Iterator[Fault]:
    """Find passages whose section, paragraph or quote is not in `source_text`."""
    headings = [
        heading
        for town in reading.towns
        if town.file and town.file.section
        for heading in town.file.section.root.values()
    ]
    source = _SourceText(source_text, headings)
    for town in reading.towns:
        if town.file is not None and town.source is not None:
            yield from _faults(town.file, town.source, source)
    if reading.head is not None and reading.source is not None:
        yield from _faults(reading.head, reading.source, source)


def _faults(
    file: StoryFile | AtlasFile, place: YamlSource, source: "_SourceText"
) -> Iterator[Fault]:
    parts: dict[str, Sequence[Figure | Place]] = {"figures": file.figures, "places": file.places}
    for part, items in parts.items():
        for index, cited in enumerate(items):
            fault = _fault(cited, source)
            if fault is not None:
                key, what, mend = fault
                loc: Loc = (part, index, *key)
                yield place.fault(loc, what, mend, severity=Severity.WARNING)


class _SourceText:
    """The source, its lines and sections found once for all figures."""

    def __init__(self, text: str, headings: list[str]) -> None:
        self._text, self._headings = text, headings
        self.lines = dict.fromkeys(line.strip() for line in text.splitlines() if line.strip())
        self._sections: dict[str, list[str]] = {}

    def section(self, heading: Texts) -> list[str] | None:
        """Return the paragraphs below a heading in any of its languages."""
        found = next((text for text in heading.root.values() if text in self.lines), None)
        if found is None:
            return None
        if found not in self._sections:
            self._sections[found] = paragraphs(self._text, found, self._headings)
        return self._sections[found]

    @property
    def likely_headings(self) -> list[str]:
        """The first lines that are short enough for one."""
        short = (line for line in self.lines if len(line) <= LONGEST_VALUE)
        return list(islice(short, MOST_LINES))


def _fault(cited: Figure | Place, source: _SourceText) -> tuple[Loc, str, str] | None:
    passage = cited.passage
    if passage is None or passage.section is None:
        return None
    section = source.section(passage.section)
    if section is None:
        said = next(iter(passage.section.root.values()))
        what = f"the source has no heading {shown(said)}"
        return ("passage",), what, nearest(said, source.likely_headings)
    if passage.paragraph > len(section):
        what = f"the section has {len(section)} paragraphs, not {passage.paragraph}"
        return ("passage", "paragraph"), what, "count again below the heading"
    if cited.quote is None or cited.quote in section[passage.paragraph - 1]:
        return None
    places = [str(n) for n, text in enumerate(section, start=1) if cited.quote in text]
    where = f"it stands in {', '.join(places)}" if places else "copy the words as they stand there"
    return ("quote",), f"paragraph {passage.paragraph} does not say {shown(cited.quote)}", where
