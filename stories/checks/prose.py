"""Name what a story's text has of Markdown that this page does not read as other programs do."""

from collections.abc import Iterator

from faults import Fault, Severity
from stories.files.loader import AtlasFiles
from stories.markdown import PICTURE_FAULT, odd_marks


def prose_faults(files: AtlasFiles) -> Iterator[Fault]:
    """Find pictures, which are refused, and marks that say less here than an editor expects."""
    for town in files.towns:
        for prose in town.prose.values():
            for odd in odd_marks(prose.raw):
                is_refused = odd.what.startswith(PICTURE_FAULT)
                severity = Severity.ERROR if is_refused else Severity.WARNING
                yield Fault(odd.what, odd.mend, file=prose.file, line=odd.line, severity=severity)
