"""The page's address: what it asks for, what of it is known, and how it is written.

``?town=leidian&scene=foundries&theme=environment&theme=talent&lang=en``; ``place=…`` and ``tour=1``
stand behind the town, ``metric=…`` and ``period=…`` behind the themes, and where a host shows
several atlases, ``atlas=…`` stands before all that.
``date=2018-10-31`` asks for the boundaries of a date, and a second one for both side by side.
While a story is scrolled the page's script alone keeps the scene in the address, so the server
knows of it what a link or the script has told last.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict

from stories.model.atlas import Atlas
from stories.view.languages import look_up


class View(BaseModel):
    """What a reader looks at."""

    model_config = ConfigDict(frozen=True)

    atlas: str | None = None
    """Name of the atlas, where there are several."""
    town: str | None = None
    """Slug of the chosen town."""
    place: str | None = None
    """Id of the chosen place in that town."""
    tour: bool = False
    """Whether the reader goes through the stories one after another."""
    scene: str | None = None
    """Id of the scene of the town's story that the reader is brought to."""
    themes: tuple[str, ...] = ()
    """Chosen themes, in the order of the atlas."""
    metric: str | None = None
    """Id of the metric that colours the map."""
    period: str | None = None
    """Period of that metric, in its written form; none for its last."""
    date: str | None = None
    """Date whose boundaries are shown, such as 2018-10-31; none for the latest."""
    against: str | None = None
    """A later date that they are compared with."""
    lang: str | None = None
    """Language, where the address names one."""

    @property
    def dates(self) -> tuple[str, ...]:
        """The date that is shown, and the one that it is compared with."""
        return tuple(filter(None, (self.date, self.against)))

    def params(self) -> dict[str, list[str]]:
        """Return the parameters in their canonical order.

        It is: atlas, town, place, tour, scene, themes, metric, period, dates, language.
        """
        params = {
            "atlas": [self.atlas] if self.atlas else [],
            "town": [self.town] if self.town else [],
            "place": [self.place] if self.place else [],
            "tour": ["1"] if self.tour else [],
            "scene": [self.scene] if self.scene else [],
            "theme": list(self.themes),
            "metric": [self.metric] if self.metric else [],
            "period": [self.period] if self.metric and self.period else [],
            "date": list(self.dates),
            "lang": [self.lang] if self.lang else [],
        }
        return {key: values for key, values in params.items() if values}

    def changed(self, **change: object) -> Self:
        """Return the view with a change.

        Another town has none of this one's scenes and places, another metric none of its periods.
        """
        own: dict[str, object] = {}
        if change.get("town", self.town) != self.town:
            own |= {"scene": None, "place": None}
        if change.get("metric", self.metric) != self.metric:
            own |= {"period": None}
        return self.model_copy(update={**own, **change})

    def without_scene(self) -> Self:
        """Return the view of the story as a whole: the panel is the same in each of its scenes."""
        return self.model_copy(update={"scene": None})

    def query(self) -> str:
        """Return the canonical query string, without the question mark."""
        return urlencode(self.params(), doseq=True)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something in an address that was left aside; `key` is the catalogue's."""

    key: str
    values: dict[str, str] = field(default_factory=dict)


def parse_address(  # noqa: PLR0913  # all that an address may ask for
    params: Mapping[str, Sequence[str]],
    atlas: Atlas,
    towns: Collection[str],
    entry: str | None = None,
    *,
    periods: Mapping[str, Sequence[str]] | None = None,
    dates: Sequence[str] = (),
) -> tuple[View, list[Notice]]:
    """Read an address; what it asks for in vain is left aside with a notice.

    Parameters
    ----------
    params
        Every value of every parameter. Parameters of other names are nobody's business here.
    towns
        Slugs of all divisions on the map, with a story or without.
    entry
        Name of the atlas in addresses, where there are several.
    periods
        Periods of each metric of the atlas in time order, in their written form, by its id.
    dates
        Dates whose boundaries are known, in time order.
    """
    notices: list[Notice] = []
    themes = [theme.id for theme in atlas.themes]
    tags = params.get("lang", ())
    town = _known(params.get("town", ()), towns, "town", notices)
    chosen = _known(params.get("theme", ()), themes, "theme", notices)
    lang = _known(
        [look_up(tag, atlas.languages) or tag for tag in tags], atlas.languages, "lang", notices
    )
    chosen_town = _single(town, "town", notices)
    scene = _known(params.get("scene", ()), scene_ids(atlas, chosen_town), "scene", notices)
    places = [place.id for place in atlas.places_in(chosen_town)]
    place = _known(params.get("place", ()), places, "place", notices)
    metric, period = _metric(params, periods or {}, notices)
    asked = _known(params.get("date", ()), dates, "date", notices)
    view = View(
        atlas=entry,
        town=chosen_town,
        place=_single(place, "place", notices),
        tour=params.get("tour") == ["1"] and atlas.story(chosen_town) is not None,
        scene=_single(scene, "scene", notices),
        themes=tuple(theme for theme in themes if theme in chosen),
        metric=metric,
        period=period,
        **_shown_dates(asked, dates, notices),
        lang=_single(lang, "lang", notices),
    )
    return view, notices


def _metric(
    params: Mapping[str, Sequence[str]],
    periods: Mapping[str, Sequence[str]],
    notices: list[Notice],
) -> tuple[str | None, str | None]:
    """Read a metric and its period; a period without a metric asks for nothing."""
    known = _known(params.get("metric", ()), periods, "metric", notices)
    metric = _single(known, "metric", notices)
    if metric is None:
        return None, None
    known = _known(params.get("period", ()), periods[metric], "period", notices)
    return metric, _single(known, "period", notices)


def scene_ids(atlas: Atlas, town: str | None) -> list[str]:
    """Return the ids of the scenes of a town's story; none where it has no story."""
    story = atlas.story(town)
    return [scene.id for scene in story.scenes] if story else []


def _known(
    values: Sequence[str], known: Collection[str], key: str, notices: list[Notice]
) -> list[str]:
    """Keep each known value once; empty values ask for nothing."""
    kept: dict[str, None] = {}
    for value in filter(None, values):
        if value not in known:
            notices.append(Notice(f"address.unknown_{key}", {"value": value[:60]}))
        elif value in kept:
            notices.append(Notice("address.repeated", {"key": key, "value": value}))
        else:
            kept[value] = None
    return list(kept)


def shown_dates(asked: Sequence[str], dates: Sequence[str]) -> dict[str, str | None]:
    """Return what of the view the asked dates are: one is shown, two are compared.

    The latest alone is what is shown without a date.
    """
    known = sorted(set(asked).intersection(dates))
    if known == list(dates[-1:]):
        known = []
    earlier, later, *_ = (*known, None, None)
    return {"date": earlier, "against": later}


def _shown_dates(
    asked: list[str], dates: Sequence[str], notices: list[Notice]
) -> dict[str, str | None]:
    notices.extend(Notice("address.repeated", {"key": "date", "value": each}) for each in asked[2:])
    return shown_dates(asked[:2], dates)


def _single(values: list[str], key: str, notices: list[Notice]) -> str | None:
    notices.extend(Notice("address.repeated", {"key": key, "value": each}) for each in values[1:])
    return values[0] if values else None
