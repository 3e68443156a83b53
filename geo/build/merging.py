"""Make one division of several features: rows of one code, or counties of one city."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

VALUES_SHOWN = 4


@dataclass(frozen=True)
class Merged:
    """What came of merging."""

    frame: gpd.GeoDataFrame
    """One row per group, in the order in which groups first come."""
    parts: Mapping[str, tuple[str, ...]]
    """Codes of the features that were put together, by the code of what they became; only
    where they were several."""
    faults: tuple[Fault, ...]
    """Columns in which the features of a group do not agree."""


def merge(frame: gpd.GeoDataFrame, groups: pd.Series[str]) -> Merged:
    """Put features of one group together.

    Parameters
    ----------
    frame
        Valid polygons in a CRS in metres, with `code` and what divisions are to say.
    groups
        The code of each feature's division; none is missing.
    """
    rows, shapes, parts = [], [], {}
    faults: list[Fault] = []
    geometries = frame.geometry.to_numpy()
    table = frame.drop(columns=frame.geometry.name)
    for group, places in groups.groupby(groups, sort=False).indices.items():
        members = table.iloc[places]
        faults += _disagreements(members.drop(columns="code"), str(group))
        first = members.bfill().iloc[0].to_dict()
        rows.append({**first, "code": str(group)})
        if len(places) > 1:
            shapes.append(shapely.union_all(geometries[places]))
            parts[str(group)] = tuple(map(str, members["code"]))
        else:
            shapes.append(geometries[places[0]])
    merged = gpd.GeoDataFrame(rows, geometry=np.array(shapes, dtype=object), crs=frame.crs)
    return Merged(merged, parts, tuple(faults))


def _disagreements(members: pd.DataFrame, group: str) -> Iterator[Fault]:
    """Find columns in which the features of a group say different things."""
    for column in members:
        values = [str(value) for value in members[column].dropna().unique()]
        if len(values) > 1:
            said = ", ".join(values[:VALUES_SHOWN]) + (" …" if len(values) > VALUES_SHOWN else "")
            mend = "name a column that says the same for all of them, or give one with --join"
            what = f"its features do not agree on “{column}”: {said}"
            yield Fault(what, mend, feature=f"feature {group}")
