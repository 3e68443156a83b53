"""Boundary files that nobody would write by mistake: an error, never a crash."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.errors import GeoError
from geo.files.boundaries import DEQING, load_boundaries

DIVISIONS = Path(str(DEQING)) / "divisions.geojson"
COLLECTION = json.loads(DIVISIONS.read_text(encoding="utf-8"))
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

numbers = st.floats(allow_nan=True, allow_infinity=True) | st.integers()
words = st.text(max_size=8)
scraps = st.recursive(
    st.none() | st.booleans() | numbers | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)
MEMBERS = ("type", "features", "crs", "properties", "geometry", "coordinates")
places = st.sampled_from([*MEMBERS, "slug", "name_zh", "boundary_status", "label_point", "code"])


def read(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    """Load a file; whatever is wrong with it, the error is one of ours and says something."""
    file = tmp_path_factory.mktemp("fuzz") / "divisions.geojson"
    file.write_bytes(content)
    try:
        load_boundaries(file)
    except GeoError as error:
        assert "divisions.geojson" in str(error)  # noqa: PT017  # either outcome is fine


@given(noise=st.binary(max_size=300), at=st.integers(0, 60_000), whole=st.booleans())
@SLOW
def test_any_bytes(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, at: int, *, whole: bool
) -> None:
    old = b"" if whole else DIVISIONS.read_bytes()
    read(tmp_path_factory, old[:at] + noise + old[at:])


@given(place=places, scrap=scraps, which=st.integers(0, 12))
@settings(SLOW, max_examples=150)
def test_any_json_in_any_place(
    tmp_path_factory: pytest.TempPathFactory, place: str, scrap: object, which: int
) -> None:
    collection = json.loads(json.dumps(COLLECTION))
    feature = collection["features"][which]
    for holder in (collection, feature, feature["geometry"], feature["properties"]):
        if place in holder or (place == "crs" and holder is collection):
            holder[place] = scrap
    read(tmp_path_factory, json.dumps(collection).encode())


@pytest.mark.parametrize("opening", ["[", '{"features":[', '{"a":'])
def test_bottomless_nesting(tmp_path_factory: pytest.TempPathFactory, opening: str) -> None:
    read(tmp_path_factory, (opening * 100_000).encode())
