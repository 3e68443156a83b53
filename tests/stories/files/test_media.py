"""Pictures, sounds and films in a folder: told by their content, and hostile ones refused."""

from __future__ import annotations

import os
import struct
import zlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from stories.checks import check_atlas
from stories.files.loader import load_atlas
from stories.files.media import read_media
from stories.files.media_kinds import (
    AVIF,
    FLAC,
    HEAD,
    JPEG,
    MP3,
    MP4,
    OGG,
    PNG,
    WAV,
    WEBM,
    WEBP,
    Container,
    UnfitMediaError,
    container,
    picture_head,
)
from stories.model.media import MediaKind, Medium
from stories.model.media_marks import Mark, marks, read_mark
from tests.support.loading import faults
from tests.support.media import MARKS, MEDIA, VTT, add_media, photo, picture, saved, sound

if TYPE_CHECKING:
    from pathlib import Path


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", 8 + len(content)) + kind + content


def film(kind: bytes = b"vide") -> bytes:
    index = box(b"moov", box(b"trak", box(b"mdia", box(b"hdlr", bytes(8) + kind))))
    return box(b"ftyp", b"isom\0\0\0\0isommp42") + index + box(b"mdat", bytes(100))


WEBM_FILM = (
    b"\x1a\x45\xdf\xa3\x87\x42\x82\x84webm\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xffV_VP8"
)


def told(content: bytes) -> Container:
    return container(
        content[:HEAD], len(content), lambda start, length: content[start : start + length]
    )


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (photo(), JPEG),
        (saved(picture(), "PNG"), PNG),
        (saved(picture(), "WEBP"), WEBP),
        (saved(picture((64, 64)), "AVIF"), AVIF),
        (sound(), WAV),
        (film(), MP4),
        (WEBM_FILM, WEBM),
        (b"fLaC" + bytes(50), FLAC),
        (b"ID3\x04" + bytes(50), MP3),
        (b"OggS" + bytes(24) + b"\x01vorbis", OGG),
    ],
    ids=lambda value: value.endings[0] if isinstance(value, Container) else "",
)
def test_a_file_is_told_by_its_content(content: bytes, kind: Container) -> None:
    assert told(content) == kind


REFUSED = {
    "empty": (b"", "the file is empty"),
    "svg": (b"<svg xmlns='x'><script>alert(1)</script></svg>", "an SVG drawing"),
    "svg-xml": (b"\xef\xbb\xbf<?xml version='1.0'?><svg/>", "an SVG drawing"),
    "gif": (saved(picture((9, 9)), "GIF"), "a GIF"),
    "tiff": (saved(picture((9, 9)), "TIFF"), "a picture that browsers do not show"),
    "heic": (box(b"ftyp", b"heic\0\0\0\0mif1heic") + bytes(64), "a HEIC picture"),
    "mov": (box(b"ftyp", b"qt  \0\0\0\0qt  ") + bytes(64), "a QuickTime film"),
    "mkv": (b"\x1a\x45\xdf\xa3\x8b\x42\x82\x88matroska", "a Matroska film"),
    "text": (b"Good day.", "no picture, sound or film"),
    "html": (b"<html><script>", "no picture, sound or film"),
    "cut-mp4": (film()[:-20], "ends too early"),
    "no-index": (box(b"ftyp", b"isom\0\0\0\0isom") + box(b"mdat", b"x"), "has no index"),
    "cut-wav": (sound()[:-900], "ends too early"),
    "zero-box": (box(b"ftyp", b"isom\0\0\0\0isom") + struct.pack(">I4s", 3, b"moov"), "damaged"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_shown_is_refused_with_a_mend(name: str) -> None:
    content, what = REFUSED[name]
    with pytest.raises(UnfitMediaError, match=what) as caught:
        told(content)
    assert caught.value.mend


def test_of_a_picture_the_head_alone_is_read() -> None:
    head = picture_head(photo(orientation=6, size=(1600, 1200)), JPEG)
    assert (head.width, head.height, head.transparent) == (1200, 1600, False)
    clear = saved(Image.new("RGBA", (30, 20), (0, 0, 0, 0)), "PNG")
    assert picture_head(clear, PNG).transparent


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it has so many pixels, and has none."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IEND", b"")


def moving(form: str) -> bytes:
    frames = [Image.new("RGB", (20, 20), shade) for shade in ("red", "green", "blue")]
    return saved(frames[0], form, save_all=True, append_images=frames[1:])


@pytest.mark.parametrize(
    ("content", "kind", "what"),
    [
        (png_of(30_000, 30_000), PNG, "more pixels than are drawn|30,000 × 30,000"),
        (png_of(17_000, 10), PNG, "17,000 × 10"),
        (photo()[: len(photo()) // 2], JPEG, "ends too early"),
        (saved(picture(), "PNG")[:-30], PNG, "ends too early"),
        (moving("PNG"), PNG, "moves"),
        (moving("WEBP"), WEBP, "moves"),
        (b"\xff\xd8\xff" + bytes(100), JPEG, "damaged|ends too early"),
    ],
    ids=["bomb", "long", "cut-jpeg", "cut-png", "apng", "awebp", "zeros"],
)
def test_pictures_that_cannot_be_drawn(content: bytes, kind: Container, what: str) -> None:
    with pytest.raises(UnfitMediaError, match=what):
        picture_head(content, kind)


def test_two_pictures_in_one_as_telephones_save_them_are_one() -> None:
    pair = saved(picture((80, 60)), "MPO", save_all=True, append_images=[picture((80, 60))])
    assert told(pair) == JPEG
    assert picture_head(pair, JPEG).width == 80


@given(st.binary(max_size=300))
def test_any_bytes_are_told_or_refused(content: bytes) -> None:
    starts = (b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP", b"\x1a\x45\xdf\xa3",
              b"\0\0\0\x18ftypavif", b"\0\0\0\x18ftypisom", b"RIFF\xff\0\0\0WAVE")  # fmt: skip
    for start in starts:
        whole = start + content
        try:
            kind = told(whole)
            if kind.kind is MediaKind.PICTURE:
                picture_head(whole, kind)
        except UnfitMediaError as error:
            assert error.mend  # noqa: PT017


@given(st.integers(0, 4000), st.binary(min_size=1, max_size=40))
def test_damaged_pictures_are_shown_or_refused(place: int, noise: bytes) -> None:
    for form, kind in (("JPEG", JPEG), ("PNG", PNG), ("WEBP", WEBP)):
        whole = bytearray(saved(picture((64, 48)), form))
        at = place % len(whole)
        whole[at : at + len(noise)] = noise
        try:
            picture_head(bytes(whole), kind)
        except UnfitMediaError as error:
            assert error.mend  # noqa: PT017


def medium(**about: object) -> Medium:
    return Medium.model_validate({"id": "one", **about})


def found(folder: Path, name: str, content: bytes | None = None) -> str:
    """Say how a file of the folder is taken."""
    if content is not None:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    media = read_media(folder, [medium(file=name)])
    fault = media.faults.get(name)
    file = media.files.get(name)
    return f"{file.kind if file else None}: {fault.what if fault else ''}"


def test_a_name_that_says_otherwise(tmp_path: Path) -> None:
    assert found(tmp_path, "media/a.mp4", photo()) == (
        "picture: the file is not what its name says, but a JPG"
    )
    assert found(tmp_path, "b.JPEG", photo()) == "picture: "


def test_what_lies_outside_is_refused(tmp_path: Path) -> None:
    inside, outside = tmp_path / "atlas", tmp_path / "secret.jpg"
    (inside / "media").mkdir(parents=True)
    outside.write_bytes(photo())
    (inside / "a.jpg").symlink_to(outside)
    assert "outside" in found(inside, "a.jpg")
    (inside / "b.jpg").symlink_to("b.jpg")
    assert found(inside, "b.jpg").startswith("None: ")
    (inside / "media" / "c.jpg").write_bytes(photo())
    (inside / "d.jpg").symlink_to("media/c.jpg")
    assert found(inside, "d.jpg") == "picture: "


def test_a_pipe_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.jpg")
    assert "named pipe" in found(tmp_path, "a.jpg")  # opened, it would wait for ever
    (tmp_path / "b.jpg").mkdir()
    assert "directory" in found(tmp_path, "b.jpg")


def test_a_file_that_is_missing_or_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "a.jpg").write_bytes(photo())
    media = read_media(tmp_path, [medium(file="a.jpg")])
    assert media.faults["a.jpg"].mend == "there is 'media/a.jpg'; write that"


def test_a_file_is_looked_into_again_when_it_changes(tmp_path: Path) -> None:
    assert found(tmp_path, "a.jpg", photo()) == "picture: "
    first = read_media(tmp_path, [medium(file="a.jpg")]).files["a.jpg"]
    assert found(tmp_path, "a.jpg", photo(size=(800, 600))) == "picture: "
    other = read_media(tmp_path, [medium(file="a.jpg")]).files["a.jpg"]
    assert (other.width, other.digest != first.digest) == (800, True)


def test_a_megabyte_of_words_in_a_picture_is_no_hindrance(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010E] = "x" * 1_000_000
    assert found(tmp_path, "a.png", saved(picture(), "PNG", exif=exif)) == "picture: "


def test_captions_are_webvtt(tmp_path: Path) -> None:
    (tmp_path / "a.vtt").write_text(VTT, encoding="utf-8")
    (tmp_path / "b.vtt").write_text("1\n00:00:01,000 --> 00:00:02,000\nHi\n", encoding="utf-8")
    (tmp_path / "c.txt").write_bytes("你好".encode("gbk"))
    about = medium(link="https://x.example", captions={"en": "a.vtt", "zh": "b.vtt"},
                   transcript={"zh": "c.txt"})  # fmt: skip
    media = read_media(tmp_path, [about])
    assert list(media.files) == ["a.vtt"]
    assert media.faults["b.vtt"].what == "the file is no WebVTT"
    assert media.faults["c.txt"].what == "the text is not UTF-8"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("file: media/workshop.jpg", "file: ../secret.jpg", "'../secret.jpg' is no plain name"),
        ("file: media/workshop.jpg", "file: 工坊 1.jpg", "'工坊 1.jpg' is no plain name"),
        ("file: media/workshop.jpg", 'file: "a%2Fb.jpg"', "'a%2Fb.jpg' is no plain name"),
        ("file: media/workshop.jpg", "file: /etc/passwd", "'/etc/passwd' is no plain name"),
        ("file: media/workshop.jpg", "alt_: x", "unknown key 'alt_'"),
        ("link: https:", "link: http:", "is no address to link to"),
        ("link: https://films.example", "link: javascript:alert", "is no address to link to"),
        ("id: kiln", "id: workshop", "stands a second time among the media"),
        ("hero: workshop", "hero: workshp", "there is no medium 'workshp'; did you mean"),
        ("still: kiln", "still: kilm", "there is no medium 'kilm'; did you mean 'kiln'"),
        ("file: media/kiln.png", "caption: {zh: 窑}", "needs either a `file` or a `link`"),
        ("alt: {zh: 窑, en: A kiln}", "decorative: true\n    alt: {zh: 窑}", "is decorative and"),
    ],
)
def test_what_the_yaml_says_wrongly(small: Path, old: str, new: str, said: str) -> None:
    assert old in MEDIA
    add_media(small, "east", media=MEDIA.replace(old, new, 1))
    told_faults = faults(small)
    assert any(said in each for each in told_faults), told_faults


def checked(folder: Path) -> list[str]:
    start = f"{folder.as_posix()}/"
    return [f"{f.file.removeprefix(start)}: {f.severity}: {f.message}" for f in check_atlas(folder)]


def test_a_whole_atlas_with_media_has_no_faults(small: Path) -> None:
    add_media(small, "east")
    assert checked(small) == []
    atlas = load_atlas(small)
    story = atlas.story("east")
    assert story
    file = atlas.file(atlas.medium("workshop", story))
    assert file
    assert (file.kind, file.width, file.height) == (MediaKind.PICTURE, 1600, 1200)
    assert file.widths == (320, 640, 960, 1280, 1600)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    alt: {zh: 窑, en: A kiln}\n", "", "medium 'kiln' does not say what it shows"),
        ("    alt: {zh: 窑, en: A kiln}\n", "    alt: {zh: 窑}\n", "'alt' has no text in 'en'"),
        ("    credit: {zh: 王芳, en: Wang Fang}\n", "", "'workshop' does not say who made it"),
        ("    licence: {zh: CC BY 4.0, en: CC BY 4.0}\n", "", "on what terms it may be shown"),
        ("    caption: {zh: 访谈, en: A talk}\n", "", "medium 'talk' has no title"),
        ("    transcript: {en: media/talk.en.txt, zh: media/talk.zh.txt}\n", "",
         "medium 'talk' has no transcript"),
        ("    still: kiln\n", "", "medium 'elsewhere' has no picture of its own"),
        ("media/kiln.png", "media/oven.png", "media/oven.png: the file cannot be read"),
        ("hero: workshop", "hero: talk", "'talk' is no picture"),
    ],
)  # fmt: skip
def test_what_the_check_asks_for(small: Path, old: str, new: str, said: str) -> None:
    assert old in MEDIA
    add_media(small, "east", media=MEDIA.replace(old, new, 1))
    told_faults = checked(small)
    assert any(said in each for each in told_faults), told_faults
    assert all("warning" in each for each in told_faults), told_faults
    assert load_atlas(small).story("east")  # the page is shown all the same


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("alt: {zh: 15座窑, en: Twelve kilns}", ["{line}:15: no figure covers '15'"]),
        ("alt: {zh: 12座窑, en: Thirteen kilns}", ["{line}:25: no figure covers 'Thirteen'"]),
        ("alt: {zh: 12座窑, en: Twelve kilns}", []),
        ("alt: {zh: 甲45号窑, en: Kiln}", []),
        ("alt: {zh: 窑}\n    caption: {zh: 10座, en: Ten of 99}",
         ["{next}:28: no figure covers '99'"]),
    ],
)  # fmt: skip
def test_numbers_of_captions_and_alternative_texts_are_held_to_the_figures(
    small: Path, words: str, said: list[str]
) -> None:
    media = MEDIA.replace("alt: {zh: 窑, en: A kiln}", words, 1)
    assert media != MEDIA
    add_media(small, "east", media=f"{media}not_figures: {{zh: [甲45号]}}\n")
    lines = (small / "east.yaml").read_text(encoding="utf-8").splitlines()
    line = 1 + next(n for n, each in enumerate(lines) if words.partition("\n")[0] in each)
    places = {"line": line, "next": line + 1}
    wanted = [f"east.yaml:{each.format(**places)}" for each in said]
    found = [str(f).removeprefix(f"{small.as_posix()}/") for f in check_atlas(small)]
    told_faults = [each for each in found if "no figure covers" in each]
    exempting = [each for each in found if "exempts no number" in each]
    assert len(told_faults) == len(wanted)
    assert all(a.startswith(b) for a, b in zip(told_faults, wanted, strict=True)), told_faults
    assert bool(exempting) == ("甲45号" not in words)


def test_numbers_of_the_atlas_s_own_captions_are_held_to_all_figures(small: Path) -> None:
    atlas = small / "atlas.yaml"
    add_media(small, "east")
    medium = "  - {id: map, file: media/kiln.png, alt: {zh: 12口井和31座窑, en: Map}}\n"
    more = atlas.read_text(encoding="utf-8") + "media:\n" + medium
    atlas.write_text(more, encoding="utf-8")
    [fault] = [each for each in checked(small) if "no figure covers" in each]
    assert "atlas.yaml" in fault
    assert "'31'" in fault


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("picture workshop", "picture workshp", "there is no medium 'workshp'; did you mean"),
        ("picture workshop", "picture talk", "'talk' is no picture; write `::: sound talk :::`"),
        ("picture workshop", "picture", "`::: picture` names 0 media"),
        ("compare workshop kiln", "compare kiln", "`::: compare` names 1 pictures"),
        ("sound talk", "picture kiln", "no story shows 'talk'"),
        ("link elsewhere", "film elsewhere", "write `::: link elsewhere :::`"),
    ],
)
def test_marks_that_place_nothing(small: Path, old: str, new: str, said: str) -> None:
    add_media(small, "east", marks=MARKS.replace(old, new, 1))
    told_faults = checked(small)
    assert any(said in each for each in told_faults), told_faults


def test_a_file_that_nothing_names(small: Path) -> None:
    add_media(small, "east")
    (small / "media" / "more.jpg").write_bytes(photo())
    (small / "media" / ".hidden").write_bytes(b"")
    assert checked(small) == [
        (
            "media/more.jpg: warning: nothing leads to this file; name it under `media`, or take it"
            " out of media/"
        ),
    ]


def test_numbers_in_ids_are_no_figures(small: Path) -> None:
    media = MEDIA.replace("id: workshop", "id: street-1990").replace(
        "hero: w", "hero: street-1990 # w"
    )
    add_media(small, "east", media=media, marks=MARKS.replace("workshop", "street-1990"))
    assert checked(small) == []


def test_a_mark_is_a_line_of_its_own() -> None:
    assert read_mark("::: picture a :::") == Mark("picture", ("a",))
    assert read_mark(":::  gallery a b  c") == Mark("gallery", ("a", "b", "c"))
    assert read_mark("::: scene a") is None
    assert read_mark("see ::: picture a :::") is None
    assert read_mark(":::") is None
    text = "a\n\n::: picture b :::\n\nc"
    assert [mark.start for mark in marks(text)] == [3]
