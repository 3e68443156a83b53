"""What the map is told, and the base that is rendered once for all."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import streamlit_folium

from geo.map.folium_map import base_map, state_group
from geo.map.protocol import Choice, MapFiles, MapState

FILES = MapFiles(leaflet="leaflet", script="map.js", assets="assets", divisions="divisions.geojson")
WHOLE = MapState(lang="en", text={"map": "Map"})
ON_A = replace(WHOLE, chosen="a", seq=1)


@pytest.mark.parametrize(
    ("told", "choice", "state", "is_news"),
    [
        (WHOLE, Choice("a", 1), ON_A, False),
        (None, Choice("a", 1), ON_A, True),  # a new map
        (WHOLE, None, replace(WHOLE, chosen="a"), True),  # an address named it
        (WHOLE, Choice("a", 1), replace(ON_A, chosen="b"), True),  # the list named another
        (WHOLE, Choice("a", 1), replace(ON_A, chosen=None), True),  # … or let go
        (WHOLE, Choice("a", 1), replace(ON_A, faded=("b",)), True),  # the filter changed as well
        (ON_A, Choice("a", 1), ON_A, True),  # the same again, which is no harm
        (replace(ON_A, chosen="b"), Choice("a", 1), ON_A, True),  # back to what the map chose
        (replace(ON_A, chosen="b"), Choice("a", 2), replace(ON_A, seq=2), False),
    ],
)
def test_a_map_is_not_told_of_its_own_choice(
    told: MapState | None,
    choice: Choice | None,
    state: MapState,
    is_news: bool,  # noqa: FBT001
) -> None:
    assert state.to_send(told, choice) is (state if is_news else told)


def test_one_base_serves_every_run(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = []
    monkeypatch.setattr(streamlit_folium, "_component_func", lambda **values: drawn.append(values))

    for state in (WHOLE, ON_A, WHOLE):
        group = state_group(state)
        streamlit_folium.st_folium(
            base_map(FILES), key="map", render=False, feature_group_to_add=group
        )

    first, second, third = ({**each, "on_change": None} for each in drawn)
    assert "storymap.start(map_div" in first["script"]
    assert "storymap.show" not in first["script"]
    assert third == first
    assert second["feature_group"] != first["feature_group"]
    assert {**second, "feature_group": None} == {**first, "feature_group": None}


@pytest.mark.parametrize("change", [{"divisions": "others.geojson"}, {"version": "2"}])
def test_other_files_make_another_script(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, Any]
) -> None:
    """A map is drawn anew in its frame when its script is another."""
    drawn = []
    monkeypatch.setattr(streamlit_folium, "_component_func", lambda **values: drawn.append(values))
    for files in (FILES, FILES, replace(FILES, **change)):
        streamlit_folium.st_folium(base_map(files), key="map", render=False)
    first, again, other = (each["script"] for each in drawn)
    assert first == again != other
