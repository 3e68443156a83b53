"""Coordinate reference systems: where metres are needed, and datums that are not WGS-84."""

from pyproj.network import set_network_enabled  # type: ignore[attr-defined]  # as documented

# Nothing here calls out: PROJ fetches no grids, also where the machine's settings would let it.
set_network_enabled(active=False)
