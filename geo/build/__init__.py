"""Make boundaries: from a division file, or from old polygons and village points."""
