"""What `reconstruct` does with lists of several dates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from geo.build.dated import Sources, reorganise_dates
from geo.build.dated_attributes import check_differing
from geo.build.membership import AS_OF, DIVISION, NAME, read_lists
from geo.errors import RequestError, SourceError
from geo.files import product
from geo.files.dates import CHANGES, DATES
from geo.files.provenance import Recipe, load_recipe
from geo.files.tables import need, read_table

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import geopandas as gpd

    from geo.build.dated import Dated, OnDate
    from geo.build.progress import Stage
    from geo.cli.options import DatesArguments, ReconstructArguments
    from geo.files.product import Making

NOT_STATED = "not stated"
METHOD = (
    "villages are found in each date's list by code, then by name",
    "one that is in it by neither is taken to have been where it is at the next date",
    "each old polygon is cut into the Thiessen cells of the village points in it",
    "cells are joined by the division that the village belonged to",
    "drawn on today's simplified lines; what lay inside a division of today is simplified apart",
)
CHANGES_METHOD = (
    "what belonged to one division on a date of the lists and to another on the next",
)
DRAWN_ANEW = "today's lines have further vertices, where those of earlier dates meet them"


@dataclass(frozen=True, eq=False)
class Past:
    """Lists of several dates, as they were read."""

    lists: dict[dt.date, pd.DataFrame]
    villages: pd.DataFrame
    """Division, and name where there is one, of today's villages, by code."""
    differing: pd.DataFrame
    inputs: tuple[Path, ...]
    record: Recipe | None

    def write(  # noqa: PLR0913
        self,
        old: gpd.GeoDataFrame,
        points: gpd.GeoDataFrame,
        today: gpd.GeoDataFrame,
        making: Making,
        path: Path,
        *,
        stage: Stage,
    ) -> tuple[gpd.GeoDataFrame, list[str]]:
        """Make the divisions of every date, and write them beside today's.

        Gives today's, and what came of it.
        """
        sources = Sources(
            old, points, self.villages, self.lists, today, self.differing, making.tolerance
        )
        dated = reorganise_dates(sources, name=str(path), stage=stage)
        check_differing(
            self.differing,
            [each.divisions.since for each in dated.dates if not each.divisions.is_today],
        )
        stage("writing")
        inputs = [*making.inputs, *self.inputs]
        recipe = self.record or making.recipe.model_copy(update={"notes": ()})
        plain = replace(making, recipe=recipe, inputs=inputs, command=())
        _make_folders(path.parent / DATES, dated)
        for each in dated.dates:
            _write(each, path, replace(plain, method=METHOD))
        changed = replace(plain, method=(*METHOD, *CHANGES_METHOD))
        span = f"{dated.dates[0].date} to {dated.dates[-1].date}"
        changed = replace(changed, recipe=_on(recipe, f"what changed from {span}", span))
        steps = {"area_km2": round(float(dated.changes["area_km2"].sum()), 2)}
        product.save(dated.changes, path.with_name(CHANGES), changed, dict(steps))
        return dated.today, list(_report(path, dated))


def read_past(
    dating: DatesArguments,
    members: ReconstructArguments,
    attributes: pd.DataFrame,
    villages: pd.DataFrame,
    *,
    note: Callable[[str], object],
) -> Past | None:
    """Read what is told of several dates, if anything is.

    Parameters
    ----------
    dating, members
        Options.
    attributes
        Properties of today's divisions, by code.
    villages
        The table of today's villages, by code.
    note
        Is told of an encoding that is not sure.

    Raises
    ------
    SourceError, FaultsError, RequestError
        When a table cannot be read, or lists and divisions do not fit together.
    """
    if dating.dates is None:
        for option, given in (
            ("--dates-attributes", dating.dates_attributes),
            ("--dates-record", dating.dates_record),
        ):
            if given:
                raise RequestError(f"{option} is about the dates of a list; name it with --dates")
        return None
    table = read_table(dating.dates, note=note)
    need(table, [AS_OF, members.point_code, DIVISION], dating.dates)
    differing = pd.DataFrame({AS_OF: [], "code": []}, dtype=object)
    if dating.dates_attributes:
        differing = read_table(dating.dates_attributes, note=note)
        need(differing, [AS_OF, "code"], dating.dates_attributes)
    now = pd.DataFrame({DIVISION: villages[members.division]})
    if NAME in villages:
        now[NAME] = villages[NAME]
    codes = _codes(pd.concat([attributes.rename_axis("code").reset_index(), differing]))
    return Past(
        lists=read_lists(table, members.point_code, codes, str(dating.dates)),
        villages=now,
        differing=differing,
        inputs=tuple(filter(None, (dating.dates, dating.dates_attributes))),
        record=load_recipe(dating.dates_record) if dating.dates_record else None,
    )


def _codes(divisions: pd.DataFrame) -> dict[str, str]:
    """Give the code of each division by its code and by its names, where these are its own."""
    columns = ["code", *(c for c in divisions if str(c).startswith("name_"))]
    pairs = divisions.melt("code", columns[1:], value_name="called")[["code", "called"]].dropna()
    own = pairs.drop_duplicates().drop_duplicates("called", keep=False)
    return dict(zip(own["called"], own["code"], strict=True)) | {c: c for c in divisions["code"]}


def _make_folders(folder: Path, dated: Dated) -> None:
    """Make a folder for each date."""
    try:
        for each in dated.dates:
            (folder / str(each.date)).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SourceError(folder, error.strerror, "let a folder be made there") from error


def _write(each: OnDate, path: Path, making: Making) -> None:
    """Write the divisions of a date with their record, or the record alone."""
    file = path.parent / DATES / str(each.date) / path.name
    divisions = each.divisions
    same_as = None
    if divisions.is_today:
        same_as = f"../../{path.name}"
    elif divisions.since != each.date:
        same_as = f"../{divisions.since}/{path.name}"
    recipe = _on(making.recipe, str(each.date), str(each.date))
    making = replace(making, recipe=recipe)
    product.save(divisions.frame, file, making, each.measures(), same_as=same_as)
    if same_as:
        file.unlink(missing_ok=True)  # of an earlier run, when the date was not like another


def _on(recipe: Recipe, what: str, days: str) -> Recipe:
    """Give what the record of a date, or of changes, says in words."""
    stated = () if recipe.vintage == NOT_STATED else (recipe.vintage,)
    vintage = "; ".join([f"membership {days}", *stated])
    return recipe.model_copy(update={"title": f"{recipe.title}: {what}", "vintage": vintage})


def _report(path: Path, dated: Dated) -> Iterator[str]:
    """Say what came of each date, and what changed."""
    for each in dated.dates:
        members, divisions = each.membership, each.divisions
        like = f"as on {divisions.since}" if divisions.since != each.date else ""
        like = f"as in {path.name}" if divisions.is_today else like
        yield (
            f"{each.date}: {len(divisions.frame)} divisions{like and ', '}{like}; villages: "
            f"{members.by_code} by code, {len(members.by_name)} by name, "
            f"{len(members.carried)} not listed and taken as at the next date, "
            f"{len(members.unknown)} unknown"
        )
    for row in dated.changes.itertuples():
        villages = ", ".join(row.villages or row.village_codes)
        yield (
            f"{row.since} to {row.until}: {row.from_code} to {row.to_code} "
            f"{row.area_km2:9.2f} km²  {villages}"
        )
    if dated.is_drawn_anew:
        yield DRAWN_ANEW
    if dated.changes.empty:
        yield "no land changed hands"
