"""A division as the stories see it: names and facts, no shape."""

from __future__ import annotations

from datetime import date  # noqa: TC003  # pydantic reads it
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, ValidationError

from faults import Fault
from stories.errors import BoundariesError
from stories.model.atlas import Model, Slug, Texts
from stories.model.text import MAX_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from stories.model.atlas import Atlas


MENDS: dict[tuple[int | str, ...], str] = {
    ("slug",): "choose with --slug a column of small letters and digits when you build it"
}
"""What to do about a property that may not be as it is in the file that is built from."""


BoundaryStatus = Literal["published", "reconstructed", "unknown"]


class DatedArea(Model):
    """The area that a division had from one day until its boundary was another."""

    since: date
    km2: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    """Area in square kilometres."""
    boundary_status: BoundaryStatus
    """How well the line of that time is known."""


class Division(Model):
    """What a boundary file says about one division."""

    slug: Slug
    code: Annotated[str, StringConstraints(max_length=MAX_WORDS)] = ""
    """Its code in the boundary file, by which tables of metrics may name it."""
    names: Texts
    kind: Annotated[str, StringConstraints(max_length=MAX_WORDS)] = ""
    """`town`, `subdistrict` …: a key of the catalogue's section ``[kinds]``, or another word."""
    area_km2: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    """Area in square kilometres."""
    boundary_status: BoundaryStatus
    """How well its line is known."""
    areas: tuple[DatedArea, ...] = ()
    """Its areas in the order of time, where boundaries of several dates are known."""
    inset: bool = False
    """Whether pictures show it in a frame, moved and at another scale."""
    boundary_notes: Texts | None = None
    """What the status means for this division, per language."""

    @classmethod
    def from_properties(cls, slug: str, properties: Mapping[str, Any]) -> Self:
        """Read a division's properties, as boundary files carry them.

        Raises
        ------
        BoundariesError
            Properties are missing or of the wrong type; its faults name no file.
        """
        try:
            return cls._from_properties(slug, properties)
        except ValidationError as error:
            faults = [
                Fault(
                    f"{'.'.join(map(str, each['loc']))}: {each['msg']}",
                    MENDS.get(each["loc"][:1], "make the file with story-atlas build"),
                    feature=slug,
                )
                for each in error.errors(include_url=False)
            ]
            raise BoundariesError(faults) from error

    @classmethod
    def _from_properties(cls, slug: str, properties: Mapping[str, Any]) -> Self:
        notes = _by_language("boundary_note_", properties)
        return cls(
            slug=slug,
            code=str(properties.get("code") or ""),
            names=Texts(_by_language("name_", properties)),
            kind=properties.get("kind") or "",
            area_km2=properties.get("area_km2"),
            boundary_status=properties["boundary_status"],
            inset=bool(properties.get("inset")),
            boundary_notes=Texts(notes) if notes else None,
        )

    def area_at(self, day: date | None) -> DatedArea | None:
        """Return the area that the division had on a day, where that is known."""
        known = [area for area in self.areas if day is not None and area.since <= day]
        return known[-1] if known else None

    def name(self, lang: str, order: Sequence[str] = ()) -> str:
        """Return the name in `lang`, else in the first language of `order` that has it."""
        return self.names.get(lang, order)


def divisions_in_order(atlas: Atlas, divisions: Iterable[Mapping[str, Any]]) -> dict[str, Division]:
    """Read the divisions' properties by slug, those with a story first, in the atlas's order.

    Raises
    ------
    BoundariesError
        Properties are missing or of the wrong type; its faults name no file.
    """
    towns = {row["slug"]: Division.from_properties(row["slug"], row) for row in divisions}
    with_story = [story.town for story in atlas.stories if story.town in towns]
    return {slug: towns[slug] for slug in dict.fromkeys([*with_story, *towns])}


def with_dated_areas(
    towns: Mapping[str, Division], dated: Mapping[date, Iterable[Mapping[str, Any]]]
) -> dict[str, Division]:
    """Return the divisions with their areas on several dates.

    Parameters
    ----------
    towns
        Today's divisions by slug.
    dated
        Properties of the divisions as they were from each date on.

    Raises
    ------
    BoundariesError
        Properties are missing or of the wrong type; its faults name no file.
    """
    areas: dict[str, list[DatedArea]] = {}
    for since in sorted(dated):
        for row in dated[since]:
            then = Division.from_properties(row["slug"], row)
            if then.area_km2 is not None:
                status = then.boundary_status
                area = DatedArea(since=since, km2=then.area_km2, boundary_status=status)
                areas.setdefault(then.slug, []).append(area)
    return {
        slug: town.model_copy(update={"areas": tuple(areas.get(slug, ()))})
        for slug, town in towns.items()
    }


def _by_language(prefix: str, properties: Mapping[str, Any]) -> dict[str, str]:
    return {
        key.removeprefix(prefix).replace("_", "-"): value
        for key, value in properties.items()
        if key.startswith(prefix) and isinstance(value, str) and value
    }
