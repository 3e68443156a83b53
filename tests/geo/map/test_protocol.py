"""The page's side of what is said to the map's script, and the script's own."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

import geo.map
from geo.map.folium_map import base_map
from geo.map.protocol import Choice, MapFiles, MapState

TYPES = Path(geo.map.__file__).parent / "scripts" / "types.d.ts"


def members(interface: str) -> set[str]:
    """The members of one of the script's types."""
    text = TYPES.read_text(encoding="utf-8")
    found = re.search(rf"interface {interface} \{{(.*?)^\}}", text, re.DOTALL | re.MULTILINE)
    assert found, f"{TYPES} has no interface {interface}"
    return set(re.findall(r"^  (\w+)\??:", found[1], re.MULTILINE))


@pytest.mark.parametrize("model", [MapState, Choice])
def test_the_scripts_types_are_those_of_the_page(model: type) -> None:
    assert members(model.__name__) == {field.name for field in fields(model)}


def test_the_scripts_settings_are_those_of_the_map() -> None:
    files = MapFiles(leaflet="leaflet", script="map.js", assets="assets", divisions="d.geojson")
    (start,) = base_map(files)._children.values()  # noqa: SLF001  # folium has no other way
    assert members("MapSettings") == set(start.settings)  # type: ignore[attr-defined]
