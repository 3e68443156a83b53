"""Coordinate reference systems: where metres are needed, and datums that are not WGS-84."""
