"""Polygons that share their lines: operations on them, validation, repair, distances."""
