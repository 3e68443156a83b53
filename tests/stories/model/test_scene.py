"""Scenes as the town's file writes them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from stories.model.atlas import StoryFile
from stories.model.scene import MAX_DIVISIONS, MAX_SCENES, Look, Scene

BOX = {"west": Decimal("119.9"), "south": 30, "east": 120, "north": Decimal("30.5")}


@pytest.mark.parametrize(
    ("look", "lit"),
    [
        ("east", ("east",)),
        (330523, ("330523",)),
        (["east", 7], ("east", "7")),
        ("county", ()),
        ({"place": "mill"}, ("town",)),
        (BOX, ()),
    ],
)
def test_every_written_form(look: object, lit: tuple[str, ...]) -> None:
    scene = Scene.model_validate({"id": "s", "look": look})
    assert scene.lit("town") == lit
    again = Look.model_validate(scene.look.written())
    assert again == scene.look
    assert Scene.model_validate(scene.model_dump()) == scene
    jsonschema = pytest.importorskip("jsonschema")
    written: Any = {"id": "s", "look": scene.look.written()}
    jsonschema.validate(written, Scene.model_json_schema())


def test_light_takes_one_or_several_and_none_stands_for_those_looked_at() -> None:
    def scene(**more: object) -> Scene:
        return Scene.model_validate({"id": "s", "look": ["a", "b"], **more})

    assert scene().lit("a") == ("a", "b")
    assert scene(light="b").lit("a") == ("b",)
    assert scene(light=[]).lit("a") == ()
    assert scene(light=["b", "b"]).lit("a") == ("b",)
    assert scene(figure="x").shown("a") == scene(picture="y").shown("a")
    assert scene(dim=False).shown("a") != scene().shown("a")


def test_an_extent_may_lie_across_the_180th_meridian() -> None:
    look = Look.model_validate({"west": 178, "south": -20, "east": 182, "north": -15})
    assert look.extent is not None
    assert look.extent.sides == (178, -20, 182, -15)


def test_there_are_at_most_so_many() -> None:
    scene = {"id": "s", "look": "east"}
    file = {"town": "east", "themes": ["water"], "scenes": [scene] * (MAX_SCENES + 1)}
    with pytest.raises(ValidationError, match=f"at most {MAX_SCENES} items"):
        StoryFile.model_validate(file)
    with pytest.raises(ValidationError, match=f"at most {MAX_DIVISIONS} items"):
        Look.model_validate(["east"] * (MAX_DIVISIONS + 1))


def test_a_scene_may_show_a_metric_in_one_of_its_periods() -> None:
    scene = Scene.model_validate({"id": "s", "look": "east", "metric": "wells", "period": 2020})
    plain = Scene.model_validate({"id": "s", "look": "east"})
    assert (scene.metric, str(scene.period)) == ("wells", "2020")
    assert scene.shown("east") != plain.shown("east")
    with pytest.raises(ValidationError, match="`period` stands without `metric`"):
        Scene.model_validate({"id": "s", "look": "east", "period": "2020"})


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals() | st.text(max_size=5)
    | st.sampled_from(["county", "east", "place", "extent", "west"]),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(["west", "south", "east", "north", "place", "extent", "county"]),
        inner, max_size=5,
    ),
    max_leaves=8,
)  # fmt: skip


@given(look=anything)
def test_anything_else_is_a_fault_and_no_crash(look: object) -> None:
    try:
        scene = Scene.model_validate({"id": "s", "look": look})
    except ValidationError:
        return
    found = scene.look
    ways = [bool(found.divisions), found.county, found.place is not None, found.extent is not None]
    assert sum(ways) == 1
