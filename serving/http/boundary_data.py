"""Boundaries for others to work with: today's, those of other dates, and what changed."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from geo.files.export import boundaries_geojson, boundaries_gpkg, changes_geojson
from stories.export.document import town_properties
from stories.export.metrics import metric_rows
from stories.export.rows import figure_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import geopandas as gpd

    from serving.store.snapshot import Snapshot

GEOJSON = "application/geo+json"


def geojson(snapshot: Snapshot) -> str:
    """Return today's boundaries, with what the stories say of the divisions."""
    properties = town_properties(snapshot.atlas, snapshot.towns)
    return boundaries_geojson(snapshot.divisions, properties, snapshot.provenance)


def geopackage(snapshot: Snapshot) -> bytes:
    """Return today's boundaries, figures and metrics; of other dates a layer for each state."""
    tables: dict[str, Sequence[Mapping[str, Any]]] = {
        "figures": figure_rows(snapshot.atlas, snapshot.towns)
    }
    if metrics := metric_table_rows(snapshot):
        tables["metrics"] = metrics
    layers: dict[str, gpd.GeoDataFrame] = {}
    if snapshot.dated:
        tables["dates"] = [
            {"date": str(each.date), "layer": _layer(each.file)} for each in snapshot.dated
        ]
        layers |= {
            _layer(each.file): each.divisions for each in snapshot.dated if not each.is_today
        }
    if snapshot.changes is not None and not snapshot.changes.empty:
        layers["changes"] = snapshot.changes
    return boundaries_gpkg(snapshot.divisions, tables, snapshot.provenance, layers)


def metric_table_rows(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Return the rows of all metrics, those of divisions that are no more among them."""
    return metric_rows(snapshot.atlas, snapshot.towns, snapshot.series, snapshot.history)


def _layer(file: str) -> str:
    """Name the layer with the divisions of a file: divisions, or divisions_2018_10_31."""
    day = PurePosixPath(file).parent.name.replace("-", "_")
    return f"divisions_{day}" if day else "divisions"


def dated_data(snapshot: Snapshot, name: str) -> tuple[str, Callable[[Snapshot], str]] | None:
    """Return how to write ``changes.geojson`` or ``boundaries-<date>.geojson``.

    None where the boundary set has no such file.
    """
    if name == "changes.geojson" and snapshot.changes is not None:
        changes = snapshot.changes
        return GEOJSON, lambda snapshot: changes_geojson(changes, snapshot.changes_provenance)
    dated = next((d for d in snapshot.dated if name == f"boundaries-{d.date}.geojson"), None)
    if dated is None:
        return None
    return GEOJSON, lambda _: boundaries_geojson(dated.divisions, {}, dated.provenance)
