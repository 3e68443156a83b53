"""The still maps of scenes."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageColor

from serving.card.scene import draw_scene
from stories.model.scene import Scene

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from serving.store.snapshot import Snapshot


def picture(snapshot: Snapshot, **scene: object) -> Image.Image:
    drawn = draw_scene("leidian", Scene.model_validate({"id": "s", **scene}), snapshot)
    return Image.open(io.BytesIO(drawn)).convert("RGB")


def share(image: Image.Image, colour: str) -> float:
    """Which part of a picture is nearly of a colour."""
    red, green, blue = ImageColor.getrgb(colour)[:3]
    pixels = list(image.get_flattened_data())
    same = [
        p for p in pixels
        if isinstance(p, tuple) and abs(p[0] - red) + abs(p[1] - green) + abs(p[2] - blue) < 30
    ]  # fmt: skip
    return len(same) / len(pixels)


def test_every_scene_has_a_still_that_is_small_and_sent_once(
    client: TestClient, snapshot: Snapshot
) -> None:
    for story in snapshot.atlas.stories:
        for scene in story.scenes:
            address = f"/scene/{story.town}.{scene.id}.png"
            answer = client.get(address)
            assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
            assert len(answer.content) < 40_000
            again = client.get(address, headers={"If-None-Match": answer.headers["etag"]})
            assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("name", ["leidian", "leidian.none", "wukang.air", "none.air", "a.b.c"])
def test_there_is_no_other(client: TestClient, name: str) -> None:
    assert client.get(f"/scene/{name}.png").status_code == 404


def test_a_still_shows_what_the_map_looks_at(snapshot: Snapshot) -> None:
    tone = snapshot.atlas.colours()["leidian"]
    county = share(picture(snapshot, look="county", light="leidian"), tone)
    town = share(picture(snapshot, look="leidian"), tone)
    elsewhere = share(picture(snapshot, look="moganshan", light="leidian"), tone)
    assert town > 3 * county > 0
    assert elsewhere < town / 5
    west, south, east, north = snapshot.divisions.set_index("slug").geometry["leidian"].bounds
    box = {"west": west, "south": south, "east": east, "north": north}
    assert share(picture(snapshot, look=box, light="leidian"), tone) > town


def test_a_place_is_a_dot_in_its_division(snapshot: Snapshot) -> None:
    lon, lat = snapshot.centre("leidian")
    vars(snapshot)["points"] = {("leidian", "mill"): (lon, lat)}
    try:
        known = picture(snapshot, look={"place": "mill"})
    finally:
        del vars(snapshot)["points"]
    unknown = picture(snapshot, look={"place": "mill"})
    assert share(known, "#1f2d36") > share(unknown, "#1f2d36")


def test_others_stand_back_unless_they_are_not_to(snapshot: Snapshot) -> None:
    tone = snapshot.atlas.colours()["xinan"]
    assert share(picture(snapshot, look="county", light="leidian"), tone) == 0
    assert share(picture(snapshot, look="county", light="leidian", dim=False), tone) > 0
    assert share(picture(snapshot, look="county"), tone) > 0


def test_exports_have_the_scenes_but_no_marks(client: TestClient) -> None:
    for lang in ("zh", "en"):
        words = client.get(f"/data/leidian.{lang}.md").text
        assert ":::" not in words
        assert "#figure-" not in words
    document = json.loads(client.get("/data/stories.json").text)
    story = next(town["story"] for town in document["towns"] if town["slug"] == "leidian")
    for text in story["texts"].values():
        assert set(text) == {"headline", "lead", "body_markdown"}
        assert ":::" not in text["body_markdown"]
        assert "#figure-" not in text["lead"] + text["body_markdown"]
    scenes = {scene["id"]: scene for scene in story["scenes"]}
    assert scenes["campaigns"]["look"] == "county"
    assert scenes["campaigns"]["light"] == ["leidian"]
    assert scenes["campaigns"]["passages"]["zh"].startswith("治气不止于铸造厂")
    assert scenes["campaigns"]["passages"]["zh"] in story["texts"]["zh"]["body_markdown"]


def test_the_description_of_the_page_has_no_links(client: TestClient) -> None:
    page = client.get("/?town=leidian&lang=en").text
    head = re.sub(r"<style.*?</style>", "", page[: page.index("</head>")], flags=re.DOTALL)
    assert "All 7 foundries in Leidian" in head
    assert "#figure" not in head
