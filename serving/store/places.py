"""Where the places of an atlas lie: the stories name them, the shapes know the ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faults import Severity
from geo.coverage.points import SWAPPED, Point, Stray, strays, wgs84
from geo.map.place_file import MapPlace
from stories.view.places import note_text
from stories.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import geopandas as gpd

    from faults import Fault
    from stories.files.loader import AtlasFiles
    from stories.files.yaml import Loc, YamlSource
    from stories.model.atlas import Atlas
    from stories.model.division import Division
    from stories.model.place import Place

Named = tuple[str, "Place"]
"""A division's slug, and a place in it."""


def point_of(division: str, place: Place) -> Point | None:
    """Return a place as a point of its division, if it has one."""
    at = place.at
    if at is None:
        return None
    return Point(division, at.lon, at.lat, place.within_m or 0.0, place.datum.value)


def points_of(atlas: Atlas, towns: Iterable[str]) -> dict[tuple[str, str], tuple[float, float]]:
    """Return longitude and latitude of the places that have a point, by division and id."""
    points = {
        (town, place.id): point_of(town, place) for town in towns for place in atlas.places_in(town)
    }
    return {name: wgs84(point) for name, point in points.items() if point}


def map_places(atlas: Atlas, towns: Mapping[str, Division]) -> list[MapPlace]:
    """Return all places as the map is told of them, in the towns' order."""
    wordings = {lang: Wording.of(atlas, lang) for lang in atlas.languages}
    return [
        _map_place(town, place, wordings)
        for town in towns.values()
        for place in atlas.places_in(town.slug)
    ]


def _map_place(town: Division, place: Place, wordings: Mapping[str, Wording]) -> MapPlace:
    names = {lang: town.name(lang, wording.order) for lang, wording in wordings.items()}
    return MapPlace(
        town=town.slug,
        place=place.id,
        known=place.known.value,
        point=point_of(town.slug, place),
        names=place.name.root,
        notes={lang: note_text(place, names[lang], wordings[lang]) for lang in wordings},
    )


def faults_in_places(files: AtlasFiles, divisions: gpd.GeoDataFrame) -> list[Fault]:
    """Find the points of places that do not lie in their divisions.

    Parameters
    ----------
    files
        What was read of an atlas.
    divisions
        The divisions of its boundary set.
    """
    found = [
        (source, index, point)
        for source, places in _places(files)
        for index, (division, place) in enumerate(places)
        if (point := point_of(division, place))
    ]
    outside = strays([point for *_, point in found], divisions)
    return [
        _fault(source, ("places", index, "at"), point, stray)
        for (source, index, point), stray in zip(found, outside, strict=True)
        if stray
    ]


def _places(files: AtlasFiles) -> Iterator[tuple[YamlSource, Iterable[Named]]]:
    if files.head and files.source:
        yield files.source, [(place.division, place) for place in files.head.places]
    for town in files.towns:
        if town.file and town.source:
            yield town.source, [(town.file.town, place) for place in town.file.places]


def _fault(source: YamlSource, loc: Loc, point: Point, stray: Stray) -> Fault:
    where = f"in {stray.lies_in!r}" if stray.lies_in else "outside all divisions"
    what = f"the point lies {where}, {_distance(stray.metres)} from {point.division!r}"
    mend = _MENDS.get(stray.remedy or "", "correct the point, or the division it is said to be in")
    return source.fault(loc, what, mend.format(point=point), severity=Severity.WARNING)


_MENDS = {
    SWAPPED: "the two are swapped: write [{point.lat:g}, {point.lon:g}], longitude first",
    "gcj02": "it would lie inside if it were GCJ-02, as of Amap or Tencent: write `datum: gcj02`",
    "bd09": "it would lie inside if it were BD-09, as of Baidu: write `datum: bd09`",
    "wgs84": "it would lie inside if it were WGS 84: take `datum` out",
}


def _distance(metres: float) -> str:
    return f"{metres:,.0f} m" if metres < 1000 else f"{metres / 1000:,.1f} km"  # noqa: PLR2004
