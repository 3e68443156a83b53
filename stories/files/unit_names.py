"""Tell which unit was meant by a name that is nearly one."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from itertools import chain

from babel.numbers import get_currency_name, get_currency_symbol

from stories.model.unit import CURRENCIES, LONGEST_UNIT, Unit, locale_units
from stories.wording import Wording, catalogue_languages

_CLOSE = 0.8
"""How like a known name another one has to be, to be taken for a slip: `gallns`, not `bushels`."""
_SHORTEST = 4
"""Characters of a name that a slip is looked for in: every symbol is like some other."""
_OTHERWISE = "declare it under `units` in atlas.yaml, or take one of those in docs/atlas-format.md"


def unit_mend(found: object, own: Iterable[str] = ()) -> str:
    """Return the mend for what is no unit: the one that was meant, or where to declare it.

    Parameters
    ----------
    found
        What stands in the file.
    own
        Units that the atlas declares.
    """
    if not isinstance(found, str) or len(found) > LONGEST_UNIT:
        return _OTHERWISE
    key = _key(found)
    meant = _said().get(key) or next((each for each in own if _key(each) == key), None)
    if meant is None:
        names = [*own, *(unit.value for unit in Unit), *locale_units()]
        known = {_key(each): each for each in names if len(each) >= _SHORTEST}
        close = get_close_matches(key, known, n=1, cutoff=_CLOSE)
        meant = known[close[0]] if close else None
    return f"did you mean {meant!r}?" if meant else _OTHERWISE


def _key(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").replace("-", " ").split())


@cache
def _said() -> Mapping[str, str]:
    """Return units by what the catalogues and the locale data call them, in one or in several."""
    words: dict[str, str] = {}
    for unit, word in chain(_catalogue_words(), _currency_names()):
        words.setdefault(_key(word), unit)
    return {_key(name): name for name in locale_units()} | words


def _catalogue_words() -> Iterator[tuple[str, str]]:
    for lang in catalogue_languages():
        wording = Wording(lang)
        for unit in Unit:
            if wording.has_own(f"units.{unit}"):
                for count in (1, 100):
                    word = wording.plural(f"units.{unit}", count, n="").strip()
                    yield unit.value, word or unit.value


def _currency_names() -> Iterator[tuple[str, str]]:
    """Yield currencies with their codes, names and signs; a dollar is that of the United States."""
    for code in sorted(CURRENCIES, key=lambda each: each not in set(Unit)):
        yield code, code
        for lang in catalogue_languages():
            for count in (1, 100):
                yield code, get_currency_name(code, count, lang.replace("-", "_"))
            yield code, get_currency_symbol(code, lang.replace("-", "_"))
