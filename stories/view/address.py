"""The page's address: what it asks for, what of it is known, and how it is written.

``?town=leidian&theme=environment&theme=talent&lang=en``; where a host shows several atlases,
``atlas=…`` stands before all that.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict

from stories.model.atlas import Atlas
from stories.wording import LAST_RESORT, broader_tags

MOST_LANGUAGES = 20
"""How many languages a browser is listened to about."""


class View(BaseModel):
    """What a reader looks at."""

    model_config = ConfigDict(frozen=True)

    atlas: str | None = None
    """Name of the atlas, where there are several."""
    town: str | None = None
    """Slug of the chosen town."""
    tour: bool = False
    """Whether the reader goes through the stories one after another."""
    themes: tuple[str, ...] = ()
    """Chosen themes, in the order of the atlas."""
    lang: str | None = None
    """Language, where the address names one."""

    def params(self) -> dict[str, list[str]]:
        """Return the parameters in their canonical order: atlas, town, tour, themes, language."""
        params = {
            "atlas": [self.atlas] if self.atlas else [],
            "town": [self.town] if self.town else [],
            "tour": ["1"] if self.tour else [],
            "theme": list(self.themes),
            "lang": [self.lang] if self.lang else [],
        }
        return {key: values for key, values in params.items() if values}

    def query(self) -> str:
        """Return the canonical query string, without the question mark."""
        return urlencode(self.params(), doseq=True)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something in an address that was left aside; `key` is the catalogue's."""

    key: str
    values: dict[str, str] = field(default_factory=dict)


def parse_address(
    params: Mapping[str, Sequence[str]],
    atlas: Atlas,
    towns: Collection[str],
    entry: str | None = None,
) -> tuple[View, list[Notice]]:
    """Read an address; what it asks for in vain is left aside with a notice.

    Parameters
    ----------
    params
        Every value of every parameter. Parameters of other names are nobody's business here.
    towns
        Slugs of all divisions on the map, with a story or without.
    entry
        Name of the atlas in addresses, where there are several.
    """
    notices: list[Notice] = []
    themes = [theme.id for theme in atlas.themes]
    town = _known(params.get("town", ()), towns, "town", notices)
    chosen = _known(params.get("theme", ()), themes, "theme", notices)
    lang = _known(params.get("lang", ()), atlas.languages, "lang", notices)
    chosen_town = _single(town, "town", notices)
    view = View(
        atlas=entry,
        town=chosen_town,
        tour=params.get("tour") == ["1"] and atlas.story(chosen_town) is not None,
        themes=tuple(theme for theme in themes if theme in chosen),
        lang=_single(lang, "lang", notices),
    )
    return view, notices


def _known(
    values: Sequence[str], known: Collection[str], key: str, notices: list[Notice]
) -> list[str]:
    """Keep each known value once; empty values ask for nothing."""
    kept: dict[str, None] = {}
    for value in filter(None, values):
        if value not in known:
            notices.append(Notice(f"address.unknown_{key}", {"value": value[:60]}))
        elif value in kept:
            notices.append(Notice("address.repeated", {"key": key, "value": value}))
        else:
            kept[value] = None
    return list(kept)


def _single(values: list[str], key: str, notices: list[Notice]) -> str | None:
    notices.extend(Notice("address.repeated", {"key": key, "value": each}) for each in values[1:])
    return values[0] if values else None


def pick_language(lang: str | None, browser: str | None, atlas: Atlas) -> str:
    """Choose the page's language: the address's, else the browser's, else the atlas's first.

    Parameters
    ----------
    lang
        Language of the address, already known to be one of the atlas's.
    browser
        What the browser wants: a locale such as ``zh-CN``, or a whole ``Accept-Language`` such as
        ``fr, en-GB;q=0.8``.
    """
    return choose_language(lang, browser, atlas.languages)


def choose_language(lang: str | None, browser: str | None, languages: Sequence[str]) -> str:
    """Choose among `languages` as `pick_language` does; English where there are none."""
    if lang:
        return lang
    offered = {language.lower(): language for language in languages}
    for wanted in _accepted(browser or ""):
        if found := next((offered[t] for t in broader_tags(wanted) if t in offered), None):
            return found
    return next(iter(languages), LAST_RESORT)


def _accepted(accept_language: str) -> list[str]:
    """Return the tags of an ``Accept-Language``, the most wanted first."""
    weights: dict[str, float] = {}
    for part in accept_language.split(",")[:MOST_LANGUAGES]:
        tag, _, weight = part.lower().partition(";")
        name, _, number = weight.strip().partition("=")
        try:
            quality = float(number) if name == "q" else 1.0
        except ValueError:
            quality = 0.0
        weights.setdefault(tag.strip().replace("_", "-"), quality)
    wanted = [tag for tag, quality in weights.items() if quality > 0]
    return sorted(wanted, key=weights.__getitem__, reverse=True)
