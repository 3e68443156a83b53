"""Pictures as they reach readers: upright, in sRGB, without a word on who took them where."""

from __future__ import annotations

import logging
import os
from concurrent.futures import Executor, Future
from io import BytesIO
from threading import Barrier, Thread
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageCms

from serving.media import store as store_module
from serving.media.pictures import DamagedPictureError, draw_picture
from serving.media.store import BESIDE, MissingMediaError, PictureStore
from stories.files.media import read_media
from stories.model.media import MediaFile, Medium
from tests.support.media import BLUE, RED, photo, picture, saved

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SIZE = (320, 240)


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


def is_near(image: Image.Image, place: tuple[int, int], colour: tuple[int, int, int]) -> bool:
    found = image.convert("RGB").getpixel(place)
    assert isinstance(found, tuple)
    return all(abs(a - b) < 24 for a, b in zip(found, colour, strict=True))


@pytest.mark.parametrize("ending", ["webp", "jpg", "png"])
def test_nothing_is_left_of_what_a_camera_wrote(ending: str) -> None:
    content = photo()
    assert b"Secret" in content
    made = draw_picture(content, SIZE, ending)
    image = opened(made)
    assert image.size == SIZE
    assert not image.getexif()
    assert not {"exif", "icc_profile", "comment", "xmp", "Software"} & set(image.info)
    assert b"Secret" not in made
    assert b"Exif" not in made


def test_a_png_keeps_no_words_either() -> None:
    from PIL.PngImagePlugin import PngInfo

    words = PngInfo()
    words.add_text("Author", "Secret Author")
    clear = Image.new("RGBA", (400, 300), (0, 0, 0, 0))
    made = draw_picture(saved(clear, "PNG", pnginfo=words), SIZE, "png")
    assert b"Secret" not in made
    assert opened(made).mode == "RGBA"


# Where the left, red half of the stored picture lies when it is seen, by EXIF's count.
@pytest.mark.parametrize(
    ("orientation", "size", "red", "blue"),
    [
        (1, (320, 240), (20, 120), (300, 120)),
        (2, (320, 240), (300, 120), (20, 120)),
        (3, (320, 240), (300, 120), (20, 120)),
        (4, (320, 240), (20, 120), (300, 120)),
        (5, (240, 320), (120, 20), (120, 300)),
        (6, (240, 320), (120, 20), (120, 300)),
        (7, (240, 320), (120, 300), (120, 20)),
        (8, (240, 320), (120, 300), (120, 20)),
    ],
)
def test_pictures_stand_upright(
    orientation: int, size: tuple[int, int], red: tuple[int, int], blue: tuple[int, int]
) -> None:
    image = opened(draw_picture(photo(orientation), size, "webp"))
    assert image.size == size
    assert is_near(image, red, RED)
    assert is_near(image, blue, BLUE)


def test_colours_of_another_profile_become_srgb() -> None:
    lab = ImageCms.createProfile("LAB")
    srgb = ImageCms.createProfile("sRGB")
    there = picture((400, 300)).convert("RGB")
    in_lab = ImageCms.profileToProfile(there, srgb, lab, outputMode="LAB")
    assert in_lab is not None
    swapped = Image.merge("RGB", there.split()[::-1])  # what a wrong reading would show
    made = opened(draw_picture(saved(swapped), SIZE, "jpg"))
    assert not is_near(made, (20, 120), RED)
    broken = saved(there, icc_profile=b"no profile at all")
    assert is_near(opened(draw_picture(broken, SIZE, "jpg")), (20, 120), RED)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "1", "RGBA", "I;16"])
def test_pictures_of_every_mode(mode: str) -> None:
    image = picture((400, 300), "I;16" if mode == "I;16" else "L" if mode == "L" else "RGB")
    image = image if image.mode == mode else image.convert(mode)
    for ending in ("webp", "jpg", "png"):
        assert opened(draw_picture(saved(image, "PNG"), SIZE, ending)).size == SIZE


def test_sixteen_bits_become_eight() -> None:
    grey = Image.new("I;16", (400, 300), 32768)
    made = opened(draw_picture(saved(grey, "PNG"), SIZE, "png"))
    assert is_near(made, (10, 10), (128, 128, 128))


def test_printers_colours_become_those_of_a_screen() -> None:
    cmyk = picture((400, 300), "CMYK")
    made = opened(draw_picture(saved(cmyk), SIZE, "jpg"))
    assert made.mode == "RGB"
    assert is_near(made, (20, 120), RED)


def damaged() -> bytes:
    """A PNG with a whole head, whose pixels cannot be read."""
    whole = bytearray(saved(picture(), "PNG"))
    begin = whole.index(b"IDAT") + 4
    whole[begin : begin + 40] = b"\xff" * 40
    return bytes(whole)


def test_a_damaged_picture_says_so() -> None:
    with pytest.raises(DamagedPictureError):
        draw_picture(damaged(), SIZE, "webp")


def file_of(folder: Path, name: str = "media/a.jpg", content: bytes | None = None) -> MediaFile:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content or photo())
    medium = Medium.model_validate({"id": "a", "file": name})
    return read_media(folder, [medium]).files[name]


def test_a_picture_is_made_once_and_kept_beside_the_atlas(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = file_of(tmp_path)
    first = PictureStore().ask(file, 320, "webp").result(20)
    kept = tmp_path / BESIDE / file.digest / "a-320.webp"
    assert kept.read_bytes() == first
    assert (tmp_path / BESIDE / ".gitignore").read_text() == "*\n"
    monkeypatch.setattr(store_module, "draw_picture", None)  # nobody draws it again
    assert PictureStore().ask(file, 320, "webp").result(20) == first


class AtOnce(Executor):
    """Does what it is given before it says that it has taken it, as a quick worker may."""

    def submit(  # type: ignore[override]  # as it is called here
        self, work: Callable[..., bytes], /, *given: object
    ) -> Future[bytes]:
        future: Future[bytes] = Future()
        future.set_result(work(*given))
        return future


def test_a_picture_that_is_there_at_once_blocks_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, pictures = file_of(tmp_path), PictureStore()
    monkeypatch.setattr(pictures, "_workers", AtOnce())
    for _ in range(2):
        thread = Thread(target=pictures.ask, args=(file, 320, "webp"), daemon=True)
        thread.start()
        thread.join(20)
        assert not thread.is_alive()


def test_what_many_ask_for_at_once_is_made_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, made = file_of(tmp_path), []

    def draw(content: bytes, size: tuple[int, int], ending: str) -> bytes:
        made.append(ending)
        return draw_picture(content, size, ending)

    monkeypatch.setattr(store_module, "draw_picture", draw)
    pictures, barrier, got = PictureStore(), Barrier(8), []

    def ask() -> None:
        barrier.wait()
        got.append(pictures.ask(file, 640, "webp").result(20))

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(got) == 8
    assert len(set(got)) == 1
    assert made == ["webp"]


def test_several_processes_share_a_folder_without_harm(tmp_path: Path) -> None:
    file = file_of(tmp_path)
    stores = [PictureStore(tmp_path / "shared") for _ in range(3)]
    asked = [store.ask(file, 640, "jpg") for store in stores]
    assert len({each.result(20) for each in asked}) == 1
    folder = tmp_path / "shared" / file.digest
    assert [each.name for each in folder.iterdir()] == ["a-640.jpg"]  # and nothing half-written


def test_a_setting_names_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_MEDIA_CACHE", str(tmp_path / "kept"))
    file = file_of(tmp_path / "atlas")
    PictureStore().ask(file, 320, "webp").result(20)
    assert (tmp_path / "kept" / file.digest / "a-320.webp").is_file()
    assert not (tmp_path / "atlas" / BESIDE).exists()


def test_where_nothing_can_be_written_pictures_are_shown_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("x")
    monkeypatch.setenv("ATLAS_MEDIA_CACHE", str(in_the_way))
    file = file_of(tmp_path)
    with caplog.at_level(logging.WARNING):
        assert PictureStore().ask(file, 320, "webp").result(20)
    assert "cannot be written to" in caplog.text

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fdopen", full)
    assert PictureStore(tmp_path / "full").ask(file, 320, "webp").result(20)
    assert "could not be kept" in caplog.text


def test_a_picture_that_became_another_is_not_shown_under_the_old_address(tmp_path: Path) -> None:
    file = file_of(tmp_path)
    file.path.write_bytes(photo(size=(640, 480)))
    with pytest.raises(MissingMediaError):
        PictureStore().ask(file, 320, "webp").result(20)
    file.path.unlink()
    with pytest.raises(MissingMediaError):
        PictureStore().ask(file, 640, "webp").result(20)


def test_a_picture_that_cannot_be_drawn_is_tried_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file, pictures = file_of(tmp_path, "a.png", damaged()), PictureStore()
    for _ in range(2):
        with pytest.raises(MissingMediaError):
            pictures.ask(file, 320, "webp").result(20)
    assert caplog.text.count("cannot be drawn") == 1
