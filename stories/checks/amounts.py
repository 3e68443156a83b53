"""Amounts that a text may state, and whether a number of it states them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from stories.files.consistency import round_like
from stories.model.atlas import Figure, Period, Qualifier, Unit
from stories.numbers.lexicon import CURRENCIES, MEASURES
from stories.numbers.said import UNCLEAR, Said, direction_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stories.numbers import Meaning

_MOST_DIGITS = 24
_NEAR_MULTIPLE = Decimal("0.04")
"""By which part of it a multiple in words may be off."""
_ROUNDED_SHARE = Decimal(2)
"""By how many percentage points a share in words may be off: a third for 34%."""
_FAR_SHARE = Decimal(17)
"""The same where they say that it is more, or less: more than half for 66%."""
NOUNS = frozenset(
    {"people", "households", "firms", "jobs", "projects", "lines", "teams", "task_forces",
     "campaigns", "indicators", "towns", "subdistricts", "villages"}
)  # fmt: skip
KNOWN = (
    NOUNS | MEASURES | {*CURRENCIES, "CNY"} | {unit.value for unit in Unit} - {"count", "date", "%"}
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that a text may state, and the figure that covers it."""

    value: Decimal
    unit: str
    figure: Figure
    qualifier: str
    is_computed: bool = False
    is_change: bool = False
    direction: int = 0
    is_multiple: bool = False

    @property
    def percent(self) -> bool:
        """Whether it is in percent."""
        return self.unit == "%"

    @property
    def is_own(self) -> bool:
        """Whether it is the figure's value, rather than its baseline or a change."""
        return isinstance(self.figure.value, Decimal) and self.value == abs(self.figure.value)


def amounts_of(figure: Figure, lang: str) -> Iterator[Amount]:
    """Yield what a figure stands for: its value, its baseline, and the change between both."""
    if isinstance(figure.value, Period):
        return
    unit = str(figure.unit)
    value = figure.value
    before = figure.baseline.value if figure.baseline else None
    direction = _direction(figure, lang)
    qualifier = "" if figure.qualifier is Qualifier.EXACT else str(figure.qualifier)
    computed = figure.computed is not None
    yield Amount(abs(value), unit, figure, qualifier, is_computed=computed, direction=direction)
    if before is None:
        return
    yield Amount(abs(before), unit, figure, "", direction=direction)
    yield Amount(abs(value - before), unit, figure, qualifier, direction=direction, is_change=True)
    if before:
        change = abs((value - before) / before * 100)
        yield Amount(
            change, "%", figure, qualifier, is_computed=True, direction=direction, is_change=True
        )
        if value / before > 0:
            yield Amount(value / before, "×", figure, qualifier, is_computed=True, is_multiple=True)


def _direction(figure: Figure, lang: str) -> int:
    """Return the way in which a figure moves: by its sign, its baseline, or its own words."""
    assert isinstance(figure.value, Decimal)
    before = figure.baseline.value if figure.baseline else None
    if before is not None:
        return (figure.value > before) - (figure.value < before)
    if figure.value < 0:
        return -1
    if not lang:
        return 0
    words = f"{figure.label.root.get(lang, '')} {figure.quote or ''}"
    return direction_of(words, lang)


def is_of_kind(amount: Amount, meaning: Meaning) -> bool:
    """Whether both are in percent, or multiples, or neither."""
    if meaning.times:
        return (
            amount.is_multiple
            or amount.percent
            or amount.unit == Unit.COUNT
            or amount.unit not in KNOWN
        )
    if amount.is_multiple:
        return False
    if meaning.share and not amount.percent:
        return amount.unit == Unit.COUNT and amount.value < 1
    return amount.percent == meaning.percent


def weighs(amount: Amount, said: Said) -> bool:
    """Whether a number is the amount; see `has_number`."""
    meaning = said.meaning
    if said.may_be_percent and amount.percent:
        meaning = replace(meaning, percent=True)
    scaled = _SCALED.search(said.found.text) is not None
    return has_number(amount, meaning, said.qualifier or ("" if not scaled else ROUNDED))


ROUNDED = "rounded"
"""Stands for the qualifier of a number with a word for its size, which is rounded: 1.02 billion."""
_SCALED = re.compile(r"[^\W\d_]")


def has_number(amount: Amount, meaning: Meaning, qualifier: str) -> bool:
    """Whether a text that says a number says the amount, as exactly as it claims to."""
    value = number_of(meaning)
    if not (value.is_finite() and is_of_kind(amount, meaning)):
        return False
    if meaning.times:
        return _is_multiple(amount, value)
    if meaning.upper is not None:
        return value <= amount.value <= meaning.upper
    if meaning.share:
        percent = amount.value if amount.percent else amount.value * 100
        return _is_share(percent, value, qualifier)
    return _equals(amount, value) or (
        not amount.qualifier and _rounds(amount.value, value, qualifier)
    )


def _equals(amount: Amount, value: Decimal) -> bool:
    """Whether a text that says `value` says the amount; what is computed may be rounded."""
    return (round_like(amount.value, value) if amount.percent else amount.value) == value


def _is_share(actual: Decimal, value: Decimal, qualifier: str) -> bool:
    off = actual - value
    if qualifier in {"over", "at_least"}:
        return 0 <= off < _FAR_SHARE  # more than half, and less than two thirds
    if qualifier == "up_to":
        return -_FAR_SHARE < off <= 0
    if qualifier == "nearly":
        return -8 <= off <= 0  # noqa: PLR2004  # more than a nearer share would be
    return abs(off) <= _ROUNDED_SHARE


def _is_multiple(amount: Amount, value: Decimal) -> bool:
    actual = amount.value
    if amount.percent:
        return actual in {value * 100, (value - 1) * 100}
    if amount.is_multiple:
        return any(abs(actual - each) <= each * _NEAR_MULTIPLE for each in (value, value + 1))
    return actual == value


def _rounds(actual: Decimal, value: Decimal, qualifier: str) -> bool:
    """Whether `value` is the amount rounded, in the way that the qualifier says."""
    if not value or not actual or len(value.as_tuple().digits) > _MOST_DIGITS:
        return False
    step = Decimal(1).scaleb(_last_digit(value))
    off = actual - value
    if qualifier == "over":
        return 0 < off < step
    if qualifier == "nearly":
        return max(-step / 2, -value * Decimal("0.15")) <= off < 0
    if qualifier == "about":
        return abs(off) <= min(step / 2, value / 10)
    digits = len(value.normalize().as_tuple().digits)
    return qualifier == ROUNDED and digits >= 3 and abs(off) <= step / 2 and abs(off) * 200 <= value  # noqa: PLR2004


def sizes_of(meaning: Meaning) -> list[tuple[Decimal, Decimal]]:
    """Return between which values all amounts lie that have a number."""
    value = number_of(meaning)
    if not value.is_finite():
        return []
    if meaning.times:
        percents = [(each, each) for each in (value * 100, (value - 1) * 100)]
        return [*percents, (value * (1 - _NEAR_MULTIPLE), (value + 1) * (1 + _NEAR_MULTIPLE))]
    if meaning.upper is not None:
        return [(value, meaning.upper)]
    if meaning.share:
        low, high = value - _FAR_SHARE, value + _FAR_SHARE
        return [(low, high), (low / 100, high / 100)]
    step = 2 * Decimal(1).scaleb(_last_digit(value))
    return [(value - step, value + step)]


def _last_digit(value: Decimal) -> int:
    """Return the power of ten of the last digit that says something: 3 for 12,000."""
    return int(value.normalize().as_tuple().exponent)


_SAME_FIRMNESS = ({"over", "at_least"},)


def is_as_firm(amount: Amount, said: Said) -> bool:
    """Whether the text states the number as firmly as the ledger does."""
    text, ledger = said.qualifier, amount.qualifier
    meaning = said.meaning
    if meaning.upper is not None or meaning.times or text in {UNCLEAR, ledger}:
        return True
    if {text, ledger} in _SAME_FIRMNESS or not (amount.is_own or ledger):
        return True
    if meaning.share:
        return not text or not ledger or (text, ledger) == ("nearly", "about")
    if ledger:
        return ledger == "about" and amount.is_computed
    rounded = number_of(meaning) != amount.value  # as its qualifier says
    return rounded or text in {"about", "at_least", "up_to"}


def number_of(meaning: Meaning) -> Decimal:
    """Return the number of what is no date."""
    assert meaning.value is not None
    return meaning.value
