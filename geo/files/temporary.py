"""Folders that go with the process, or with what they are needed for."""

from tempfile import TemporaryDirectory

from geo.errors import TemporaryFolderError


def temporary_folder(prefix: str) -> TemporaryDirectory[str]:
    """Make a folder for temporary files, whose name begins with `prefix`.

    Raises
    ------
    TemporaryFolderError
        There is no place for it, as where the whole file system is read-only.
    """
    try:
        return TemporaryDirectory(prefix=prefix)
    except OSError as error:
        raise TemporaryFolderError(error) from error
