"""The boundaries of an atlas through time: on which dates they are known, and what changed.

Names and facts only; the shapes are elsewhere.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from stories.model.division import DatedArea, Division
from stories.model.period import Period
from stories.model.text import Model, Slug, Texts


class LandChange(Model):
    """Land that passed from one division to another between two dates."""

    since: date
    """The last date on which it belonged to the one."""
    until: date
    """The first date on which it belonged to the other."""
    from_slug: Slug
    to_slug: Slug
    area_km2: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    """Square kilometres."""
    villages: tuple[Texts, ...] = ()
    """Villages on it, where they are known."""
    boundary_status: Literal["published", "reconstructed", "unknown"] = "unknown"
    """How well its outline is known."""


@dataclass(frozen=True)
class BoundaryHistory:
    """The dates of a boundary set; nothing where it has only today's boundaries."""

    dates: tuple[str, ...] = ()
    """Days as 2018-10-31, in time order; on the last the boundaries are those of today."""
    divisions: Mapping[str, Mapping[str, Division]] = field(default_factory=dict)
    """By date and slug."""
    changes: tuple[LandChange, ...] = ()
    """In time order."""

    @property
    def latest(self) -> str | None:
        """The last date."""
        return self.dates[-1] if self.dates else None

    def date_of(self, period: Period) -> str | None:
        """Return the date on whose boundaries a metric's period is drawn; none for the latest.

        It is the last one by the period's end, or the first where all are later: the map's script
        has the same rule (``boundaryDateFor`` in ``boundary_dates.js``).
        """
        if period.end is None or not self.dates:
            return None
        end = period.end.isoformat()
        date = max((each for each in self.dates if each <= end), default=self.dates[0])
        return None if date == self.latest else date

    def existed_in(self, slug: str, period: Period) -> bool:
        """Whether there is such a division on the boundaries on which a period is drawn."""
        on = self.date_of(period) or self.latest
        return on is not None and self.existed(slug, on)

    def former(self, today: Collection[str]) -> dict[str, Division]:
        """Return the divisions that are not among today's, with their areas on each date.

        Each is as it was on the last date on which it was there.
        """
        gone = {
            slug: division
            for on in self.dates
            for slug, division in self.divisions.get(on, {}).items()
            if slug not in today
        }
        return {
            slug: division.model_copy(update={"areas": tuple(self._areas(slug))})
            for slug, division in gone.items()
        }

    def _areas(self, slug: str) -> Iterator[DatedArea]:
        for on in self.dates:
            then = self.divisions.get(on, {}).get(slug)
            if then and then.area_km2 is not None:
                yield DatedArea(
                    since=date.fromisoformat(on),
                    km2=then.area_km2,
                    boundary_status=then.boundary_status,
                )

    def last_of(self, slug: str) -> str | None:
        """Return the last date on which there was such a division, if there is one."""
        return next((on for on in reversed(self.dates) if self.existed(slug, on)), None)

    def changed(self, slug: str, earlier: Period, later: Period) -> bool:
        """Whether a division's land changed between the boundaries of two periods."""
        since, until = (self.date_of(each) or self.latest or "" for each in (earlier, later))
        return any(slug in {each.from_slug, each.to_slug} for each in self.between(since, until))

    def steps(self) -> list[tuple[str, str, tuple[LandChange, ...]]]:
        """Return each pair of dates that follow each other with what changed between them."""
        pairs = zip(self.dates, self.dates[1:], strict=False)
        return [(since, until, self.between(since, until)) for since, until in pairs]

    def between(self, since: str, until: str) -> tuple[LandChange, ...]:
        """Return what changed after one date, and by another."""
        return tuple(
            each
            for each in self.changes
            if since <= each.since.isoformat() and each.until.isoformat() <= until
        )

    def of(self, slug: str) -> tuple[LandChange, ...]:
        """Return the changes that a division took part in."""
        return tuple(each for each in self.changes if slug in {each.from_slug, each.to_slug})

    def existed(self, slug: str, on: str) -> bool:
        """Whether there was such a division on a date."""
        return slug in self.divisions.get(on, {})

    def name(self, slug: str, lang: str, order: Sequence[str] = ()) -> str:
        """Name a division as it was called on the last date on which it was there."""
        for on in reversed(self.dates):
            if division := self.divisions.get(on, {}).get(slug):
                return division.name(lang, order)
        return slug
