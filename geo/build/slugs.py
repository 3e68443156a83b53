"""Short names for addresses and file names, made from names or codes in any script."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

FORM = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*", re.ASCII)
"""Form of a slug, which every address and every file system can hold."""

MAX_LENGTH = 60

_PORTS = (f"{port}{number}" for port in ("com", "lpt") for number in range(10))
RESERVED = frozenset(("atlas", "con", "prn", "aux", "nul", *_PORTS))
"""`atlas.yaml` is another file of an atlas's folder; Windows cannot write the others."""


_WITHOUT_ACCENT = str.maketrans(
    {"æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ĳ": "ij", "ə": "e", "ŋ": "ng", "ı": "i"}
    | dict(zip("øłđðħŧıɓɗƙ", "olddhtibdk", strict=True))
)
"""Latin letters that Unicode does not take apart."""


def from_names(names: Sequence[str]) -> list[str] | None:
    """Make slugs of Latin names; None where not each gets one, all different."""
    bare = [re.sub(r"[^\w\s-]", "", _plain(name)) for name in names]
    made = [_free(_joined(name)) for name in bare]
    return made if all(made) and len(set(made)) == len(made) else None


def from_codes(codes: Sequence[str]) -> list[str]:
    """Make slugs of codes, all different; a code that is a slug stays as it is.

    Others lose what a slug cannot hold. Where that leaves nothing, or what another has too,
    a few digits of the code's hash tell it apart, so that it is the same in every build.
    """
    made = [code if _is_slug(code) else _free(_joined(_plain(code))) for code in codes]
    counts = Counter(made)
    return [
        slug if _is_slug(code) or (slug and counts[slug] == 1) else _told_apart(slug, code)
        for slug, code in zip(made, codes, strict=True)
    ]


def _is_slug(text: str) -> bool:
    return bool(FORM.fullmatch(text)) and len(text) <= MAX_LENGTH and text not in RESERVED


def _plain(text: str) -> str:
    """Take letters apart from their accents and strokes, write digits of any script as 0 to 9."""
    letters = unicodedata.normalize("NFKD", text).lower().translate(_WITHOUT_ACCENT)
    return "".join(str(unicodedata.decimal(letter, letter)) for letter in letters)


def _joined(text: str) -> str:
    """Keep the letters a to z and digits, with single hyphens between them."""
    unaccented = "".join(letter for letter in text if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", unaccented).strip("-")[:MAX_LENGTH].strip("-")


def _free(slug: str) -> str:
    """Give another slug for one that is reserved."""
    return f"{slug}-1" if slug in RESERVED else slug


def _told_apart(slug: str, code: str) -> str:
    digest = sha256(code.encode(errors="surrogatepass")).hexdigest()[:8]
    room = MAX_LENGTH - len(digest) - 1
    return f"{slug[:room].strip('-') or 'division'}-{digest}"
