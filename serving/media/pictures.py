"""Make a picture in one width: turned upright, in sRGB, and without a word on who took it where."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageCms

from stories.files.media_kinds import DAMAGED, PICTURE_FORMATS, orientation

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""By EXIF's count of how the camera was held."""
# AVIF was tried: twice the time of WebP, and no smaller at a speed that is bearable.
_SAVE: dict[str, tuple[str, dict[str, object]]] = {
    "webp": ("WEBP", {"quality": 78, "method": 4}),
    "jpg": ("JPEG", {"quality": 80, "progressive": True, "optimize": True}),
    "png": ("PNG", {"optimize": True}),
}
_SIXTEEN_TO_EIGHT_BITS = 1 / 257
_REDUCING_GAP = 2.0
"""Pillow's: large pictures are first halved quickly, then scaled well."""


class DamagedPictureError(Exception):
    """A picture's pixels cannot be read, though its head could."""


def draw_picture(content: bytes, size: tuple[int, int], ending: str) -> bytes:
    """Return a picture in `size` (pixels, upright) as a file with `ending`: webp, jpg or png.

    Raises
    ------
    DamagedPictureError
        Its pixels cannot be read.
    """
    try:
        with Image.open(BytesIO(content), formats=PICTURE_FORMATS) as image:
            picture = _upright(image, size)
    except (OSError, MemoryError, Image.DecompressionBombError, *DAMAGED) as error:
        raise DamagedPictureError(str(error)) from error
    if ending == "jpg":
        picture = picture.convert("RGB")
    picture.info = {}  # else some formats take words of it along
    form, options = _SAVE[ending]
    out = BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def _upright(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    turn = _TURNS.get(orientation(image))
    is_turned = turn is not None and turn not in {
        Image.Transpose.FLIP_LEFT_RIGHT,
        Image.Transpose.FLIP_TOP_BOTTOM,
        Image.Transpose.ROTATE_180,
    }
    lying = size[::-1] if is_turned else size
    image.draft(None, lying)  # of a JPEG, no more is decoded than is needed
    profile = image.info.get("icc_profile")
    plain = _in_srgb(_in_eight_bits(image), profile)
    picture = plain.resize(lying, Image.Resampling.LANCZOS, reducing_gap=_REDUCING_GAP)
    return picture if turn is None else picture.transpose(turn)


def _in_eight_bits(image: Image.Image) -> Image.Image:
    """Return the picture in a mode that can be scaled: L, RGB, RGBA or CMYK."""
    if image.mode.startswith("I;16") or image.mode == "I":
        return image.convert("I").point(lambda value: value * _SIXTEEN_TO_EIGHT_BITS).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in {"L", "RGB", "CMYK"} else image.convert("RGB")


def _in_srgb(image: Image.Image, profile: object) -> Image.Image:
    """Return the picture in the colours that browsers take for granted: RGB or RGBA."""
    wanted = "RGBA" if image.mode == "RGBA" else "RGB"
    if isinstance(profile, bytes) and profile:
        try:
            made = ImageCms.profileToProfile(
                image, BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode=wanted
            )
        except (ImageCms.PyCMSError, OSError, *DAMAGED):
            made = None  # a profile for other colours than it has, or a damaged one
        if made is not None:
            return made
    return image if image.mode == wanted else image.convert(wanted)
