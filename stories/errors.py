"""What can go wrong in the stories.

::

    StoryError
    ├── AtlasError         an atlas folder has faults; all of them are in ``.faults``
    ├── BoundariesError    a boundary file is missing or not what stories need; has ``.faults``
    ├── DraftError         an article cannot be made an atlas of; has ``.faults``
    ├── ScaffoldError      a new atlas cannot be laid out as asked
    └── WordingError       a catalogue lacks a key or a placeholder
"""

from collections.abc import Iterable

from faults import Fault, FaultyFileError


class StoryError(Exception):
    """Anything that this package raises on purpose."""


class AtlasError(FaultyFileError, StoryError):
    """An atlas could not be loaded."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep every fault, in the order of files and lines."""
        super().__init__(sorted(faults))


class BoundariesError(FaultyFileError, StoryError):
    """A boundary file is missing, cannot be read or built, or says too little of a division."""


class DraftError(FaultyFileError, StoryError):
    """An article cannot be read, or leaves open what only an editor can say."""


class WordingError(StoryError):
    """A catalogue of words lacks what was asked of it."""


class ScaffoldError(StoryError):
    """A new atlas cannot be laid out as asked."""


class BadValueError(ValueError):
    """A value in a file is not what it should be; pydantic hands it on with where it stands."""

    def __init__(self, what: str, mend: str) -> None:
        self.what = what
        self.mend = mend
        super().__init__(f"{what}; {mend}")
