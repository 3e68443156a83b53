"""Pictures and sounds that tests make, and an atlas that has some."""

from __future__ import annotations

import math
import struct
import wave
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageCms, ImageDraw

if TYPE_CHECKING:
    from pathlib import Path

RED, BLUE = (200, 30, 40), (30, 60, 200)


def picture(size: tuple[int, int] = (1600, 1200), mode: str = "RGB") -> Image.Image:
    """Draw a picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", size, RED)
    ImageDraw.Draw(image).rectangle((size[0] // 2, 0, *size), fill=BLUE)
    return image if mode == "RGB" else image.convert(mode)


def saved(image: Image.Image, form: str = "JPEG", **options: object) -> bytes:
    """Return a picture as a file."""
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def photo(orientation: int = 1, size: tuple[int, int] = (1600, 1200)) -> bytes:
    """Return a JPEG as a telephone makes it: with a place, a camera, a comment and a profile."""
    image = picture(size)
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Secret Camera"
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (30.0, 32.0, 33.0)
    place[3], place[4] = "E", (119.0, 57.0, 36.0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return saved(image, exif=exif, icc_profile=profile, comment=b"Secret comment", quality=92)


def sound(seconds: float = 2.0, rate: int = 8000) -> bytes:
    """Return a WAV with a tone."""
    out = BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        one = [int(9000 * math.sin(i / 6)) for i in range(rate)]
        tone = struct.pack(f"<{rate}h", *one)
        file.writeframes(tone * int(seconds))
    return out.getvalue()


VTT = "WEBVTT\n\n00:00.000 --> 00:09.000\nThe kiln is lit.\n"
MEDIA = """
media:
  - id: workshop
    file: media/workshop.jpg
    alt: {zh: 工坊, en: A workshop}
    caption: {zh: 东镇的工坊, en: The workshop in East}
    credit: {zh: 王芳, en: Wang Fang}
    licence: {zh: CC BY 4.0, en: CC BY 4.0}
  - id: kiln
    file: media/kiln.png
    alt: {zh: 窑, en: A kiln}
    credit: {zh: 王芳, en: Wang Fang}
    licence: {zh: CC BY 4.0, en: CC BY 4.0}
  - id: talk
    file: media/talk.wav
    caption: {zh: 访谈, en: A talk}
    credit: {zh: 王芳, en: Wang Fang}
    licence: {zh: CC BY 4.0, en: CC BY 4.0}
    transcript: {en: media/talk.en.txt, zh: media/talk.zh.txt}
  - id: elsewhere
    link: https://films.example/watch?v=1
    still: kiln
    caption: {zh: 片子, en: The film}
hero: workshop
"""
MARKS = """

::: picture workshop :::

::: gallery workshop kiln :::

::: compare workshop kiln :::

::: sound talk :::

::: link elsewhere :::
"""


def add_media(folder: Path, town: str, *, media: str = MEDIA, marks: str = MARKS) -> None:
    """Give a story pictures, a sound and a link to a film."""
    files = folder / "media"
    files.mkdir()
    (files / "workshop.jpg").write_bytes(photo())
    (files / "kiln.png").write_bytes(saved(picture((800, 600)), "PNG"))
    (files / "talk.wav").write_bytes(sound())
    (files / "talk.en.txt").write_text("Good day.\n\nWe make pots.\n", encoding="utf-8")
    (files / "talk.zh.txt").write_text("你好。\n\n我们做罐子。\n", encoding="utf-8")
    yaml = folder / f"{town}.yaml"
    yaml.write_text(yaml.read_text(encoding="utf-8").rstrip() + "\n" + media, encoding="utf-8")
    for prose in folder.glob(f"{town}.*.md"):
        text = prose.read_text(encoding="utf-8").rstrip()
        prose.write_text(text + marks, encoding="utf-8")
