"""Pictures, sound and film: what an editor says of them, and what their files turned out to be.

The docstring under each field is the reference of the file format.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from faults import shown
from stories.errors import BadValueError
from stories.model.text import MAX_LANGUAGES, Language, Model, Slug, Texts

MAX_MEDIA = 200
"""Pictures, sounds and films of one file."""
MEDIA_FOLDER = "media"
WIDTHS = (320, 640, 960, 1280, 1920)
"""Widths in which pictures are offered, as far as the picture itself is so wide."""
PLAIN_WIDTH = 960
"""The width that browsers get which choose none, at most."""
_LONGEST_LINK = 2_000


def _plain_name(name: str) -> str:
    folder, slash, plain = name.rpartition("/")
    known = folder == MEDIA_FOLDER if slash else True
    if known and plain and plain[0].isalnum() and set(plain) <= _PLAIN:
        return name
    what = f"{shown(name)} is no plain name of a file here"
    mend = (
        f"rename the file to Latin letters, digits, '.', '-' and '_', and keep it beside "
        f"atlas.yaml or in the folder {MEDIA_FOLDER}/ there"
    )
    raise BadValueError(what, mend)


_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-")


def _https(link: str) -> str:
    try:
        parts = urlsplit(link)
        whole = parts.scheme == "https" and bool(parts.hostname) and parts.port in {None, 443}
    except ValueError:
        whole = False
    if whole and "@" not in parts.netloc and not any(sign.isspace() for sign in link):
        return link
    raise BadValueError(f"{shown(link)} is no address to link to", "write all of it, from https://")


FileName = Annotated[str, StringConstraints(max_length=100), AfterValidator(_plain_name)]
Link = Annotated[str, StringConstraints(max_length=_LONGEST_LINK), AfterValidator(_https)]
Files = Annotated[dict[Language, FileName], Field(max_length=MAX_LANGUAGES)]


class Medium(Model):
    """A picture, a sound or a film. Which of them it is says the file itself, not its name."""

    id: Slug
    """Name by which stories place it."""
    file: FileName | None = None
    """A file beside `atlas.yaml` or in the folder `media/` there, such as `media/workshop.jpg`.
    Pictures are JPEG, PNG, WebP or AVIF; sounds MP3, M4A, Ogg, FLAC or WAV; films MP4 or WebM."""
    link: Link | None = None
    """In place of `file`: the `https://` address of a film on another site. Readers get a card that
    leads there; nothing of that site is loaded."""
    still: Slug | None = None
    """Id of a picture that stands in a film's place until it plays, or on the card of a `link`."""
    alt: Texts | None = None
    """What a picture shows, for readers who do not see it."""
    decorative: bool = False
    """In place of `alt`: the picture says nothing that the text does not say."""
    caption: Texts | None = None
    """What stands under it; of a sound, a film or a link, also its title."""
    credit: Texts | None = None
    """Who made it."""
    licence: Texts | None = None
    """On what terms it may be shown."""
    captions: Files = Field(default_factory=dict)
    """Per language, a WebVTT file with what is said and heard in a film."""
    transcript: Files = Field(default_factory=dict)
    """Per language, a text file with what is said and heard in a sound or film."""

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        if (self.file is None) == (self.link is None):
            what = f"medium {self.id!r} needs either a `file` or a `link`"
            raise BadValueError(what, "write one of the two")
        if self.decorative and self.alt:
            what = f"medium {self.id!r} is decorative and has an `alt`"
            raise BadValueError(what, "keep one of the two")
        return self

    def names(self) -> list[str]:
        """Return the names of all files that it is made of."""
        own = [self.file] if self.file else []
        return [*own, *self.captions.values(), *self.transcript.values()]


class HeroPlace(StrEnum):
    """Where a story's first picture stands."""

    ABOVE = "above"
    BELOW = "below"


class MediaKind(StrEnum):
    """What a file holds."""

    PICTURE = "picture"
    SOUND = "sound"
    FILM = "film"
    CAPTIONS = "captions"
    TEXT = "text"


class MediaFile(Model):
    """A file that can be shown, as its content says."""

    name: str
    """Name in the atlas's folder."""
    path: Path
    kind: MediaKind
    media_type: str
    ending: str
    """The right ending for such a file, without a dot."""
    digest: str
    """Stands for the content in addresses, which so never change their meaning."""
    size: int
    """Bytes."""
    changed: int
    """When it was last written, in nanoseconds."""
    width: int = 0
    """Pixels of a picture as it is seen, that is turned as its camera says."""
    height: int = 0
    transparent: bool = False
    text: str = ""
    """Content of a transcript."""

    @property
    def stem(self) -> str:
        """Its name without folder and ending."""
        return Path(self.name).stem

    @property
    def widths(self) -> tuple[int, ...]:
        """Widths in which a picture is offered, in pixels."""
        below = [each for each in WIDTHS if each < self.width]
        return (*below, *([self.width] if self.width <= WIDTHS[-1] else []))

    @property
    def plain_ending(self) -> str:
        """Ending of the pictures for browsers that take no WebP."""
        return "png" if self.transparent else "jpg"

    @property
    def plain_width(self) -> int:
        """Width of the picture for browsers that choose none."""
        return max((each for each in self.widths if each <= PLAIN_WIDTH), default=self.widths[0])

    def height_at(self, width: int) -> int:
        """Return the height of the picture in a width."""
        return max(1, round(self.height * width / self.width))

    def picture_name(self, width: int, ending: str) -> str:
        """Return the last part of a picture's address."""
        return f"{self.stem}-{width}.{ending}"

    @property
    def file_name(self) -> str:
        """Last part of the address of a sound, film or captions."""
        return f"{self.stem}.{self.ending}"
