"""Pictures, sounds and films as a client gets them."""

from __future__ import annotations

import os
import re
import shutil
import threading
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from serving.http.routes import Site
from serving.store.snapshot import load_snapshot
from stories.files.loader import read_atlas
from stories.view.panel import panel_html
from tests.support.media import BLUE, RED, VTT, add_media, photo, sound

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.testclient import TestClient

    from serving.store.snapshot import Snapshot

DEQING = Path(__file__).parents[3] / "stories" / "data" / "deqing"
ADDRESS = re.compile(r"files/[0-9a-f]{24}/[\w.-]+")
FOR_GOOD = "public, max-age=31536000, immutable"


@pytest.fixture
def atlas(tmp_path: Path) -> Path:
    folder = tmp_path / "atlas"
    shutil.copytree(DEQING, folder)
    add_media(folder, "leidian")
    return folder


@pytest.fixture
def client(atlas: Path, serve: Callable[..., TestClient]) -> TestClient:
    return serve(folder=atlas)


def read(folder: Path) -> Snapshot:
    return load_snapshot(read_atlas(folder))


def addresses(folder: Path) -> list[str]:
    html = panel_html(read(folder).view_of({"town": ["leidian"], "lang": ["en"]}))
    return sorted(set(ADDRESS.findall(html)))


def test_every_address_of_a_story_answers_with_what_it_says(
    client: TestClient, atlas: Path
) -> None:
    found = addresses(atlas)
    assert len(found) == 11  # six of the photo, four of the kiln, and the sound
    for address in found:
        answer = client.get(f"/{address}")
        assert answer.status_code == 200, address
        assert answer.headers["cache-control"] == FOR_GOOD
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        if address.endswith(".wav"):
            assert answer.headers["content-type"] == "audio/wav"
            continue
        width = int(re.findall(r"-(\d+)\.", address)[-1])
        with Image.open(BytesIO(answer.content)) as image:
            assert image.width == width
            assert f"image/{image.format}".lower() == answer.headers["content-type"]


def test_a_browser_that_has_a_file_is_told_so(client: TestClient, atlas: Path) -> None:
    for ending in (".webp", ".wav"):
        address = next(each for each in addresses(atlas) if each.endswith(ending))
        etag = client.get(f"/{address}").headers["etag"]
        again = client.get(f"/{address}", headers={"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["cache-control"] == FOR_GOOD
        head = client.head(f"/{address}")
        assert (head.status_code, head.content) == (200, b"")


def test_a_part_of_a_sound(client: TestClient, atlas: Path) -> None:
    address, whole = next(each for each in addresses(atlas) if each.endswith(".wav")), sound()

    def part(asked: str, **headers: str) -> tuple[int, bytes, str | None]:
        answer = client.get(f"/{address}", headers={"Range": asked, **headers})
        return answer.status_code, answer.content, answer.headers.get("content-range")

    size = len(whole)
    assert client.get(f"/{address}").headers["accept-ranges"] == "bytes"
    assert part("bytes=100-199") == (206, whole[100:200], f"bytes 100-199/{size}")
    assert part("bytes=-50") == (206, whole[-50:], f"bytes {size - 50}-{size - 1}/{size}")
    assert part(f"bytes={size}-")[0] == 416
    etag = client.get(f"/{address}").headers["etag"]
    assert part("bytes=0-9", **{"If-Range": etag})[0] == 206
    assert part("bytes=0-9", **{"If-Range": '"another"'})[:2] == (200, whole)


@pytest.mark.parametrize(
    "change",
    [
        ("-320.webp", "-321.webp"),
        ("-320.webp", "-99999.webp"),
        ("-320.webp", "-0320.webp"),
        ("-320.webp", "-320.png"),
        ("-320.webp", "-320.gif"),
        ("-320.webp", ".jpg"),
        ("workshop", "kiln"),
        ("workshop", "..%2Fworkshop"),
        ("files/", "files/00"),
    ],
)
def test_no_other_address_answers(client: TestClient, atlas: Path, change: tuple[str, str]) -> None:
    address = next(each for each in addresses(atlas) if each.endswith("workshop-320.webp"))
    answer = client.get(f"/{address.replace(*change)}")
    assert answer.status_code in {400, 404}
    assert "immutable" not in answer.headers.get("cache-control", "")


def test_what_no_medium_names_is_not_served(client: TestClient, atlas: Path) -> None:
    digest = addresses(atlas)[0].split("/")[1]
    for name in ("atlas.yaml", "leidian.yaml", "workshop.jpg", "talk.en.txt"):
        assert client.get(f"/files/{digest}/{name}").status_code == 404


def test_a_new_picture_has_a_new_address_and_the_old_one_is_gone(
    client: TestClient, atlas: Path
) -> None:
    before = next(each for each in addresses(atlas) if each.endswith("workshop-320.webp"))
    assert client.get(f"/{before}").status_code == 200
    aside = atlas / "media" / "aside"
    aside.write_bytes(photo(size=(1280, 960)))
    aside.replace(atlas / "media" / "workshop.jpg")
    after = next(each for each in addresses(atlas) if each.endswith("workshop-320.webp"))
    assert before != after
    assert client.get(f"/{after}").status_code == 200
    assert client.get(f"/{before}").status_code == 404


def test_a_sound_that_is_being_written_over_is_not_kept_by_browsers(
    client: TestClient, atlas: Path
) -> None:
    address = next(each for each in addresses(atlas) if each.endswith(".wav"))
    assert client.get(f"/{address}").status_code == 200
    (atlas / "media" / "talk.wav").write_bytes(sound(1.0))
    answer = client.get(f"/{address}")
    assert (answer.status_code, answer.headers["cache-control"]) == (404, "no-store")


def test_a_broken_file_takes_nothing_else_with_it(client: TestClient, atlas: Path) -> None:
    (atlas / "media" / "workshop.jpg").write_bytes(photo()[:5000])
    os.remove(atlas / "media" / "talk.wav")  # noqa: PTH107
    os.mkfifo(atlas / "media" / "talk.wav")
    page = client.get("/?town=leidian&lang=en")
    assert page.status_code == 200
    assert "kiln-320.webp" in page.text
    assert "workshop" not in "".join(ADDRESS.findall(page.text))
    assert "talk.wav" not in page.text


def test_captions_are_served_as_such(atlas: Path, serve: Callable[..., TestClient]) -> None:
    (atlas / "media" / "talk.en.vtt").write_text(VTT, encoding="utf-8")
    yaml = atlas / "leidian.yaml"
    text = yaml.read_text(encoding="utf-8")
    text = text.replace("    transcript:", "    captions: {en: media/talk.en.vtt}\n    transcript:")
    yaml.write_text(text, encoding="utf-8")
    file = read(atlas).atlas.files["media/talk.en.vtt"]
    answer = serve(folder=atlas).get(f"/files/{file.digest}/talk.en.vtt")
    assert answer.headers["content-type"] == "text/vtt; charset=utf-8"
    assert answer.text == VTT


def test_under_a_path_and_among_several_atlases(
    atlas: Path, serve: Callable[..., TestClient]
) -> None:
    shutil.copytree(DEQING, atlas.parent / "other")
    client = serve("map", folder=atlas.parent)
    address = next(each for each in addresses(atlas) if each.endswith("workshop-320.webp"))
    assert client.get(f"/map/{address}").status_code == 200
    assert client.get(f"/{address}").status_code == 404


def test_the_page_may_show_films_of_this_host_alone(client: TestClient) -> None:
    policy = client.get("/?town=leidian").headers["content-security-policy"]
    assert "media-src 'self';" in policy


def test_a_page_does_not_wait_for_pictures(
    client: TestClient, atlas: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opening a story draws no picture, however many it has."""
    from serving.media import store

    drawn = threading.Event()
    monkeypatch.setattr(store, "draw_picture", lambda *_: drawn.set())
    assert client.get("/?town=leidian&lang=en").status_code == 200
    assert not drawn.is_set()
    assert addresses(atlas)


def test_the_route_is_none_of_streamlits(atlas: Path) -> None:
    from serving.store.catalogue import Catalogue

    paths = [getattr(route, "path", "") for route in Site(Catalogue(atlas)).routes()]
    reserved = ("/_stcore/", "/media/", "/component/", "/static/")
    assert not [path for path in paths if path.startswith(reserved)]


def test_a_story_with_a_picture_has_it_on_its_card(client: TestClient, atlas: Path) -> None:
    answer = client.get("/card/leidian.en.png")
    with Image.open(BytesIO(answer.content)) as card:
        left, right = (card.convert("RGB").getpixel((x, 200)) for x in (700, 1150))
    assert left == pytest.approx(RED, abs=24)
    assert right == pytest.approx(BLUE, abs=24)
    head = client.get("/?town=leidian&lang=en").text
    assert '<meta property="og:image:alt" content="A workshop" />' in head
    early = next(line for line in head.splitlines() if 'rel="preload" as="image"' in line)
    assert "workshop-640.webp 640w" in early
    (atlas / "media" / "workshop.jpg").unlink()
    assert client.get("/card/leidian.en.png").status_code == 200  # with the map in its place
    assert 'as="image"' not in client.get("/?town=leidian&lang=en").text


def test_downloads_say_who_made_what(client: TestClient) -> None:
    towns = client.get("/data/stories.json").json()["towns"]
    story = next(town["story"] for town in towns if town["slug"] == "leidian")
    workshop = story["media"][0]
    assert story["hero"] == workshop["id"] == "workshop"
    assert workshop["credit"]["en"] == "Wang Fang"
    assert workshop["licence"]["zh"] == "CC BY 4.0"
    assert client.get(f"/{workshop['address']}").status_code == 200
    assert ":::" not in story["texts"]["en"]["body_markdown"]
    talk = next(each for each in story["media"] if each["id"] == "talk")
    assert talk["transcript"]["en"].startswith("Good day.")
    markdown = client.get("/data/leidian.en.md").text
    assert ":::" not in markdown
    assert "> The workshop in East · A workshop · Picture: Wang Fang · CC BY 4.0" in markdown


def test_words_of_an_editor_stay_words(atlas: Path, serve: Callable[..., TestClient]) -> None:
    yaml = atlas / "leidian.yaml"
    hostile = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    text = yaml.read_text(encoding="utf-8").replace("A workshop", f"'{hostile}'")
    text = text.replace("en: The workshop in East", f"en: '{hostile}'")
    yaml.write_text(text, encoding="utf-8")
    (atlas / "media" / "talk.en.txt").write_text(hostile, encoding="utf-8")
    page = serve(folder=atlas).get("/?town=leidian&lang=en").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)" in page
