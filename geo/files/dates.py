"""The dates of a boundary set: divisions as they were, beside those of today.

::

    divisions.geojson                             today's
    changes.geojson                               land that changed hands between two dates
    dates/2018-10-31/divisions.geojson            as they were on that day
    dates/2018-10-31/divisions.provenance.json
    dates/2019-10-31/divisions.provenance.json    the same as on another day: `same_as` names it

The last date is one on which today's divisions held: its record says so by ``same_as``, or it has
a copy of the file.
"""

from __future__ import annotations

import datetime as dt
import re
from contextlib import contextmanager
from dataclasses import dataclass
from os import scandir
from os.path import lexists
from typing import TYPE_CHECKING

from faults import Fault
from faults.plain_file import read_file
from geo.coverage.changes import check_changes
from geo.errors import FaultsError, SourceError
from geo.files.boundaries import MAX_BYTES, load_boundaries, load_features
from geo.files.provenance import beside, load_provenance
from geo.files.source import opening

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import geopandas as gpd

    from geo.files.provenance import Provenance

DATES = "dates"
"""Folder of a set that has a folder for each date."""
CHANGES = "changes.geojson"
"""Land that changed hands, as `geo.coverage.changes` finds it."""
DIVISIONS = "divisions.geojson"
MAX_DATES = 100
"""Dates of a set; each may be as large as the set itself."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SAME_AS = re.compile(rf"\.\./(\.\.|{_DAY.pattern})/{re.escape(DIVISIONS)}")
_NAME_IT = "name the folder after a day, as 2018-10-31"


@dataclass(frozen=True, eq=False)
class DatedDivisions:
    """The divisions of a boundary set on one date."""

    date: dt.date
    """Day on which they were as they are here."""
    divisions: gpd.GeoDataFrame
    """As `geo.files.boundaries.load_boundaries` gives them; of equal dates the very same frame."""
    same_as: dt.date | None = None
    """First date with these very divisions; none where it is this one."""
    is_today: bool = False
    """Whether they are those of ``divisions.geojson``."""
    provenance: Provenance | None = None
    """Record of the date, where it has one."""

    @property
    def file(self) -> str:
        """File of the divisions, as seen from the set's folder."""
        return DIVISIONS if self.is_today else file_of(self.same_as or self.date)


def file_of(day: dt.date) -> str:
    """Return where the divisions of a date stand that is like none before."""
    return f"{DATES}/{day}/{DIVISIONS}"


def dates_of(folder: Path) -> list[dt.date]:
    """Return the dates for which a boundary set has a folder, in time order.

    Hidden files are passed over, and files that are no boundaries.

    Raises
    ------
    SourceError
        When a folder is not named after a day, or there are too many.
    """
    place = folder / DATES
    if not lexists(place):
        return []
    with opening(DATES, "make it a folder that the server may read"), scandir(place) as found:
        names = sorted(
            each.name
            for each in found
            if each.name[0] not in ".~" and (each.is_dir() or each.name.endswith(".geojson"))
        )
    if len(names) > MAX_DATES:
        raise SourceError(
            DATES, f"{len(names)} dates, more than {MAX_DATES}", "keep those it needs"
        )
    return sorted(_day(name) for name in names)


def _day(name: str) -> dt.date:
    try:
        if _DAY.fullmatch(name):
            return dt.date.fromisoformat(name)
    except ValueError:  # as the 31st of June
        pass
    raise SourceError(f"{DATES}/{name}", "no day", _NAME_IT)


def files_of_dates(folder: Path) -> list[str]:
    """Return the files of a set that are about its dates, as seen from its folder.

    Raises
    ------
    SourceError
        As `dates_of` does.
    """
    names = [CHANGES, beside(CHANGES)]
    for day in dates_of(folder):
        names += [file_of(day), beside(file_of(day))]
    return [name for name in names if lexists(folder / name)]


def load_dates(folder: Path, today: gpd.GeoDataFrame) -> tuple[DatedDivisions, ...]:
    """Load the divisions of every date of a boundary set, and check that they fit together.

    Parameters
    ----------
    folder
        Of the set.
    today
        Its divisions, as they were loaded.

    Returns
    -------
    tuple of DatedDivisions
        In time order, the latest last; empty for a set without dates.

    Raises
    ------
    SourceError
        A file cannot be read, a folder is not named after a day, a record names another file than
        one of these, or nothing says on which day today's divisions held.
    FaultsError
        What a file holds has faults, or one code has two slugs on two dates.
    """
    days = dates_of(folder)
    found: dict[dt.date, DatedDivisions] = {}
    for day in days:
        with _named(f"{DATES}/{day}"):
            found[day] = _load(folder, day, today, found)
    dates = tuple(found.values())
    if dates and not dates[-1].is_today:
        raise SourceError(
            f"{DATES}/{days[-1]}",
            f"not the divisions of {DIVISIONS}, so that these have no date",
            f"copy {DIVISIONS} to {DATES}/, into a folder named after a day on which it held",
        )
    _check_slugs(dates)
    return dates


def _load(
    folder: Path, day: dt.date, today: gpd.GeoDataFrame, before: Mapping[dt.date, DatedDivisions]
) -> DatedDivisions:
    file, record_file = folder / file_of(day), folder / beside(file_of(day))
    record = load_provenance(record_file) if lexists(record_file) else None
    if not lexists(file):
        return _as_elsewhere(day, record, today, before)
    with opening(file.name, "let the server read it"):
        is_today = read_file(file, MAX_BYTES) == read_file(folder / DIVISIONS, MAX_BYTES)
    if is_today:
        return _of_today(day, record, today, before)
    return DatedDivisions(day, load_boundaries(file), provenance=record)


def _as_elsewhere(
    day: dt.date,
    record: Provenance | None,
    today: gpd.GeoDataFrame,
    before: Mapping[dt.date, DatedDivisions],
) -> DatedDivisions:
    """Take the divisions of the date that a record names, or today's."""
    if record is None or record.same_as is None:
        mend = f"put it there, or say in {beside(DIVISIONS)} which other it is (same_as)"
        raise SourceError(DIVISIONS, "is missing", mend)
    named = _SAME_AS.fullmatch(record.same_as)
    if named and named[1] == "..":
        return _of_today(day, record, today, before)
    other = before.get(dt.date.fromisoformat(named[1])) if named else None
    if other is None or other.same_as or other.is_today:
        what = f"same_as is {record.same_as!r}, which is no earlier date with a file of its own"
        mend = f"name one as ../2018-10-31/{DIVISIONS}, or today's as ../../{DIVISIONS}"
        raise SourceError(beside(DIVISIONS), what, mend)
    return DatedDivisions(day, other.divisions, other.date, provenance=record)


def _of_today(
    day: dt.date,
    record: Provenance | None,
    today: gpd.GeoDataFrame,
    before: Mapping[dt.date, DatedDivisions],
) -> DatedDivisions:
    first = next((each.date for each in before.values() if each.is_today), None)
    return DatedDivisions(day, today, first, is_today=True, provenance=record)


def _check_slugs(dates: Sequence[DatedDivisions]) -> None:
    """Refuse a division that is called otherwise in addresses on another date, or two by one."""
    slugs: dict[str, str] = {}
    codes: dict[str, str] = {}
    for each in reversed(dates):
        faults = []
        for code, slug in zip(each.divisions["code"], each.divisions["slug"], strict=True):
            if slugs.setdefault(code, slug) != slug:
                what = f"slug is {slug!r} here and {slugs[code]!r} on a later date"
                faults.append(Fault(what, "give it one", feature=f"feature {code}"))
            elif codes.setdefault(slug, code) != code:
                what = f"slug {slug!r} is that of {codes[slug]} on a later date"
                faults.append(Fault(what, "give each its own", feature=f"feature {code}"))
        if faults:
            raise FaultsError(each.file, faults)


def load_changes(folder: Path, dates: Sequence[DatedDivisions]) -> gpd.GeoDataFrame | None:
    """Load the land that changed hands, and check that it is about these dates.

    Returns
    -------
    geopandas.GeoDataFrame or None
        As `geo.coverage.changes` finds it, with `since` and `until`; none where there is no file.

    Raises
    ------
    SourceError, FaultsError
        The file cannot be read, or what it holds has faults.
    """
    if not lexists(folder / CHANGES):
        return None
    frame = load_features(folder / CHANGES)
    slugs = {str(each.date): dict(_slugs(each.divisions)) for each in dates}
    if faults := check_changes(frame, slugs):
        raise FaultsError(CHANGES, faults)
    return frame


def _slugs(divisions: gpd.GeoDataFrame) -> Iterator[tuple[str, str]]:
    return zip(divisions["code"], divisions["slug"], strict=True)


@contextmanager
def _named(place: str) -> Iterator[None]:
    """Name the files of a date with its folder."""
    try:
        yield
    except FaultsError as error:
        raise FaultsError(f"{place}/{error.name}", error.faults) from error
    except SourceError as error:
        (fault,) = error.faults
        file, line, column = f"{place}/{fault.file}", fault.line, fault.column
        raise SourceError(file, fault.what, fault.mend, line=line, column=column) from error
