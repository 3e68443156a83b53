"""A re-organisation as a whole: reconstruct, describe, and say how good it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from faults import Fault
from geo.build.attributes import divisions
from geo.build.progress import silent
from geo.build.reconstruct import Report, blind_test, reconstruct
from geo.coverage.distance import deviation
from geo.coverage.extent import check_extent
from geo.coverage.validate import check_boundaries, check_coverage, check_geometry
from geo.errors import FaultsError, RequestError

if TYPE_CHECKING:
    import geopandas as gpd
    from pydantic import JsonValue

    from geo.build.progress import Stage

PUBLISHED_SHARE = 0.9
"""Share of an outline on old lines from which a division may be called published."""


@dataclass(frozen=True)
class Reorganised:
    """New divisions ready to be written, and what is known of their quality."""

    frame: gpd.GeoDataFrame
    """As `geo.files.boundaries.load_boundaries` accepts it."""
    report: Report
    """What the reconstruction did."""
    iou: pd.Series[float]
    """Blind test by old polygon, see `geo.build.reconstruct.blind_test`."""
    largest_distance: float
    """Metres between the written lines and the unsimplified ones, at most, either way."""

    def measures(self) -> dict[str, JsonValue]:
        """Give the figures as a provenance record has them."""
        old_line, outline = self.report.old_line_km, self.report.outline_km
        return {
            "blind_test_iou_mean": round(float(self.iou.mean()), 3),
            "blind_test_iou_worst": round(float(self.iou.min()), 3),
            "blind_test_iou": {str(k): round(float(v), 3) for k, v in self.iou.items()},
            "largest_distance_from_unsimplified_lines_m": round(self.largest_distance, 1),
            "outline_km": dict(outline),
            "outline_on_old_lines_km": dict(old_line),
            "outline_on_old_lines_percent": {
                code: round(100 * old_line[code] / outline[code], 1) for code in outline
            },
            "points_outside": list(self.report.outside),
            "members_without_point": list(self.report.without_point),
        }


def reorganise(  # noqa: PLR0913
    old: gpd.GeoDataFrame,
    points: gpd.GeoDataFrame,
    membership: pd.Series[str],
    attributes: pd.DataFrame,
    *,
    tolerance: float = 0.0,
    old_name: str = "old polygons",
    name: str = "result",
    stage: Stage = silent,
) -> Reorganised:
    """Compute, simplify and describe the divisions after a re-organisation.

    Parameters
    ----------
    old, points, membership
        As for `geo.build.reconstruct.reconstruct`.
    attributes
        Properties of the new divisions, indexed by code, with `boundary_status`.
        `published` is accepted where at least `PUBLISHED_SHARE` of the outline follows
        old lines.
    tolerance
        Simplification in metres, see `geo.coverage.operations.simplify`.
    old_name, name
        The old polygons and the result, as messages name them.
    stage
        Told what is being done, for whoever waits.

    Raises
    ------
    RequestError
        When codes do not fit together, or a status claims too much.
    FaultsError
        When the old polygons are no coverage, or the attributes lack what a division
        needs.
    """
    if faults := check_old(old):
        raise FaultsError(old_name, faults)
    stage("reconstructing")
    exact, report = reconstruct(old, points, membership)
    refuse_claims(attributes, report)
    stage("simplifying")
    made = divisions(exact, attributes, tolerance)
    if faults := check_boundaries(made):
        raise FaultsError(name, faults)
    stage("testing blind")
    iou = blind_test(old, points)
    stage("measuring")
    lines, exact_lines = (
        shapely.union_all(frame.boundary.to_numpy()) for frame in (made.to_crs(exact.crs), exact)
    )
    distances = (deviation(lines, exact_lines), deviation(exact_lines, lines))
    largest = float(np.max(np.concatenate(distances)))
    return Reorganised(made.reset_index(drop=True), report, iou, largest)


def check_old(old: gpd.GeoDataFrame) -> list[Fault]:
    """Find what keeps old polygons from being one coverage with a name for each."""
    named = old.assign(code=[str(name) for name in old.index])
    faults = [
        Fault("no name", "give it one", feature=f"feature no. {place}")
        for place, missing in enumerate(old.index.isna(), start=1)
        if missing
    ]
    counts = pd.Series(old.index).value_counts()
    faults += [
        Fault(f"the name stands {count} times", "merge them", feature=f"feature {name}")
        for name, count in counts[counts > 1].items()
    ]
    shapes = [*check_extent(named), *check_geometry(named)]
    return faults + (shapes or check_coverage(named))


def default_attributes(table: pd.DataFrame, division: str, names: dict[str, str]) -> pd.DataFrame:
    """Take codes and names of divisions from the table of villages.

    Parameters
    ----------
    table
        Villages.
    division
        Column of the codes of their divisions.
    names
        Column of the divisions' names, by language.
    """
    first = table.drop_duplicates(division).set_index(division).sort_index()
    attributes = pd.DataFrame({"slug": first.index}, index=first.index)
    for language, column in names.items():
        attributes[f"name_{language}"] = first[column]
    return attributes.rename_axis("code")


def refuse_claims(attributes: pd.DataFrame, report: Report) -> None:
    """Refuse `published` for lines that are mostly inferred.

    Parameters
    ----------
    attributes
        Of the divisions, by code.
    report
        Of their reconstruction.

    Raises
    ------
    RequestError
        Naming the first that claims too much.
    """
    for code, status in attributes["boundary_status"].items():
        if status != "published" or code not in report.outline_km:
            continue
        share = report.old_line_km[str(code)] / report.outline_km[str(code)]
        if share < PUBLISHED_SHARE:
            raise RequestError(
                f"{code}: only {share:.0%} of its outline follows old lines; "
                "its boundary_status is reconstructed, not published"
            )
