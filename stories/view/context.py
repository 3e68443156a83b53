"""What a reader sees everything through: an atlas, in a language, at an address."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Self
from urllib.parse import quote

from stories.model.history import BoundaryHistory
from stories.view.address import parse_address
from stories.view.languages import choose_language
from stories.view.names import marks_apart
from stories.view.page_addresses import ROUTES, PageAddresses
from stories.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from stories.metrics import MetricSeries
    from stories.model.atlas import Atlas, Period, Story
    from stories.model.division import Division
    from stories.view.address import View


@dataclass(frozen=True)
class ViewContext:
    """A reader's view of an atlas."""

    atlas: Atlas
    wording: Wording
    view: View
    towns: Mapping[str, Division]
    here: str | None = None
    """Address of the page without its query, where it is known."""
    notices: tuple[str, ...] = ()
    """What of the address was left aside, in the page's language."""
    today: date = field(default_factory=lambda: datetime.now(UTC).date())
    """Tells what is still ahead from what has passed."""
    addresses: PageAddresses = ROUTES
    """Where other views, and pictures, sounds and films, are to be had."""
    points: Mapping[tuple[str, str], tuple[float, float]] = field(default_factory=dict)
    """Longitude and latitude in degrees of WGS 84 of the places that have a point, by division and
    id."""
    history: BoundaryHistory = field(default_factory=BoundaryHistory)
    """The boundaries through time."""
    metrics: Mapping[str, MetricSeries] = field(default_factory=dict)
    """Numbers of all divisions, by the id of their metric."""

    @property
    def lang(self) -> str:
        """Language of the page."""
        return self.wording.lang

    @property
    def order(self) -> Sequence[str]:
        """Languages to fall back to."""
        return self.atlas.languages

    def address_of(self, town: str | None, *, place: str | None = None, tour: bool = False) -> str:
        """Return the address that shows `town` from its start in the same view."""
        return self.address_with(town=town, place=place, tour=tour)

    def with_view(self, **change: object) -> Self:
        """Return the same with a change of what is looked at."""
        return replace(self, view=self.view.changed(**change))

    def address_with(self, **change: object) -> str:
        """Return the address of the present view, from its start, with a change."""
        return self.addresses.view(self._query_with(**change))

    def _query_with(self, **change: object) -> str:
        return self.view.model_copy(update={"scene": None, "lang": self.lang, **change}).query()

    @property
    def query(self) -> str:
        """Query string of the present view, without the scene."""
        return self._query_with()

    @property
    def folder(self) -> str:
        """What stands before the names of an atlas's files: nothing, or its name and a slash."""
        return f"{quote(self.view.atlas, safe='')}/" if self.view.atlas else ""

    @property
    def metric(self) -> MetricSeries | None:
        """The metric that colours the map, if one is chosen."""
        return self.metrics.get(self.view.metric or "")

    @property
    def period(self) -> Period | None:
        """The period of that metric that is shown."""
        return self.metric.period(self.view.period) if self.metric else None

    def theme_names(self, story: Story) -> str:
        """Names of a story's themes, in one line."""
        names = (self.atlas.theme(theme).label.get(self.lang, self.order) for theme in story.themes)
        return self.wording.listed(list(names))

    def town_name(self, slug: str) -> str:
        """Name of a division in the reader's language, told apart from others of that name."""
        return self.apart.get(slug) or self.towns[slug].name(self.lang, self.order)

    @cached_property
    def apart(self) -> Mapping[str, str]:
        """Names of the divisions that others have too, with what tells them apart, by slug."""

        def name(town: Division) -> str:
            return town.name(self.lang, self.order)

        marks = marks_apart(self.towns.values(), name, self.kind_name)
        text = self.wording.text
        return {
            slug: text("names.apart", name=name(self.towns[slug]), mark=mark)
            for slug, mark in marks.items()
        }

    def kind_name(self, town: Division) -> str:
        """Name what kind of division it is: in the reader's language, else in the file's word."""
        return self.wording.section("kinds").get(town.kind, town.kind)


def read_address(  # noqa: PLR0913  # all that a view depends on
    atlas: Atlas,
    towns: Mapping[str, Division],
    params: Mapping[str, Sequence[str]],
    *,
    entry: str | None = None,
    browser: str = "",
    here: str | None = None,
    history: BoundaryHistory | None = None,
    metrics: Mapping[str, MetricSeries] | None = None,
) -> ViewContext:
    """Return the view that an address asks for; what it asks for in vain is left aside.

    Parameters
    ----------
    atlas
        The atlas.
    towns
        All divisions by slug, with a story or without.
    params
        Every value of every parameter.
    entry
        Name of the atlas in addresses, where there are several.
    browser
        What the browser wants to read: a locale or a whole ``Accept-Language``.
    here
        Address of the page without its query, where it is known.
    history
        The boundaries through time, where more than today's are known.
    metrics
        Numbers of all divisions, by the id of their metric.
    """
    history, series = history or BoundaryHistory(), metrics or {}
    periods = {name: [str(period) for period in each.periods] for name, each in series.items()}
    view, notices = parse_address(params, atlas, towns, entry, periods=periods, dates=history.dates)
    lang = view.lang or choose_language((), browser, atlas.languages)
    wording = Wording.of(atlas, lang)
    said = tuple(wording.text(notice.key, **notice.values) for notice in notices)
    return ViewContext(atlas, wording, view, towns, here, said, history=history, metrics=series)
