"""Shapes: load, check, build and draw division boundaries."""
