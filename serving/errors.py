"""Errors of this package.

::

    ServingError
    ├── SettingError     a setting of the server that cannot be meant
    ├── SnapshotError    the atlas or its boundaries are not whole
    ├── AnswerError      a request that has no answer; carries the status to say so with
    └── PublishError     a site that cannot be published, or not there
"""


class ServingError(Exception):
    """Base of all errors that this package raises on purpose."""


class SettingError(ServingError):
    """A setting is not what it should be; the message names it and what would be right."""


class SnapshotError(ServingError):
    """The atlas or its boundaries cannot be read and never could since the server started."""


class AnswerError(ServingError):
    """A request cannot be answered.

    Parameters
    ----------
    status
        HTTP status that says why.
    message
        What was wrong, for whoever wrote the request.
    """

    def __init__(self, status: int, message: str) -> None:
        self.status = status
        super().__init__(message)


class PublishError(ServingError):
    """A site cannot be published; the message names what is in the way, and the mend."""
