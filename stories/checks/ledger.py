"""What a set of figures covers, and in which part a number of the prose differs from them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Self

from stories.checks.amounts import (
    KNOWN,
    NOUNS,
    Amount,
    amounts_of,
    has_number,
    is_as_firm,
    is_of_kind,
    number_of,
    sizes_of,
    weighs,
)
from stories.checks.times import looks_like, may_be, periods_of, states
from stories.model.atlas import Figure, Period, Unit
from stories.numbers import DateParts, Meaning

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from stories.numbers.said import Said

_ALIKE = 0.6
_NAMED = 0.5
"""Share of a label's words in a clause that make it speak of the figure."""
_FOUR_DIGITS = 1000
_REMEMBERED = 200
"""Sets of tokens whose figures are remembered; each may name every figure."""


class Part(StrEnum):
    """In what a number of the prose and a figure differ."""

    NUMBER = "number"
    MAGNITUDE = "magnitude"
    UNIT = "unit"
    NOUN = "noun"
    QUALIFIER = "qualifier"
    DIRECTION = "direction"
    PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether figures cover a number; if not, the figure that was meant and what differs."""

    is_covered: bool
    figure: Figure | None = None
    parts: tuple[Part, ...] = ()


COVERED = Verdict(is_covered=True)


@dataclass(frozen=True)
class Ledger:
    """The numbers and dates that some figures stand for.

    A figure covers its value, its baseline, the change between both, its periods, and their years.
    """

    amounts: tuple[Amount, ...]
    periods: tuple[Period, ...]
    lang: str = ""
    figures: tuple[Figure, ...] = field(default=())

    @classmethod
    def of(cls, figures: Iterable[Figure], lang: str = "") -> Self:
        """Collect what `figures` cover in a text of the language `lang`."""
        every = tuple(figures)
        return cls(
            amounts=tuple(amount for figure in every for amount in amounts_of(figure, lang)),
            periods=tuple(period for figure in every for period in periods_of(figure)),
            lang=lang,
            figures=every,
        )

    def covers(self, meaning: Meaning) -> bool:
        """Whether a figure has the number, or the date, that a text says; words are left aside."""
        value, date = meaning.value, meaning.date
        if date is not None:
            return any(states(period, date) for period in self._figure_of)
        assert value is not None
        if not meaning.percent and value in self.years:
            return True
        return any(has_number(amount, meaning, "") for amount in self.amounts)

    def judge(self, every: Sequence[Said]) -> list[Verdict]:
        """Hold the numbers of a text, with what is said about each, to the figures."""
        placeless = [_placeless(said) for said in every]
        fitting = {said: self._fitting(said) for said in dict.fromkeys(placeless)}
        stated = {
            amount.figure.id
            for said, amounts in fitting.items()
            if amounts and (names := self._named_figures(said.clause))
            for amount in amounts
            if amount.figure.id in names
        }
        verdicts = {said: self._judge(said, each, stated) for said, each in fitting.items()}
        return [verdicts[said] for said in placeless]

    def _fitting(self, said: Said) -> list[Amount]:
        """Return the amounts that a number states."""
        if said.meaning.value is None:
            return []
        known = replace(_placeless(said), clause="", unit_text="")
        if not said.meaning.times:  # which are held to the sentence, too
            known = replace(known, sentence="")
        if known not in self._known:
            self._known[known] = [
                each
                for each in self._of_about(said)
                if weighs(each, said) and not self._differing(said, each)
            ]
        return self._known[known]

    @cached_property
    def _known(self) -> dict[Said, list[Amount]]:
        """What was found for a number before, since texts repeat themselves."""
        return {}

    @cached_property
    def _sorted(self) -> list[Amount]:
        return sorted(self.amounts, key=lambda amount: amount.value)

    def _of_about(self, said: Said) -> Sequence[Amount]:
        """Return the amounts that come into question by their size, since there may be many."""
        return [
            amount
            for low, high in sizes_of(said.meaning)
            for amount in self._sorted[
                bisect_left(self._sizes, low) : bisect_right(self._sizes, high)
            ]
        ]

    @cached_property
    def _sizes(self) -> list[Decimal]:
        return [amount.value for amount in self._sorted]

    def _judge(self, said: Said, fitting: Sequence[Amount], stated: Collection[str]) -> Verdict:
        meaning = said.meaning
        if meaning.date is not None:
            return self._judge_date(meaning.date)
        if fitting:
            meant = self._meant_instead(said, fitting, stated)
            return Verdict(is_covered=False, figure=meant[0], parts=meant[1]) if meant else COVERED
        if self._is_year(said) or (meaning.upper is not None and self._has_both_ends(meaning)):
            return COVERED
        if meaning.vague:
            return Verdict(is_covered=False) if self._is_meant_vaguely(said) else COVERED
        return Verdict(is_covered=False)

    def _is_meant_vaguely(self, said: Said) -> bool:
        """Whether the words beside a vague number name a figure of its kind."""
        named = self._named_figures(said.clause)
        return any(
            named.get(amount.figure.id, 0) >= _NAMED and self._unit_part(said, amount) is None
            for alike in self._of_each_kind
            if is_of_kind(alike[0], said.meaning)
            for amount in alike
        )

    @cached_property
    def _of_each_kind(self) -> Collection[list[Amount]]:
        """The amounts, together with those that are of a number's kind wherever they are."""
        found: dict[tuple[str, bool, bool], list[Amount]] = {}
        for amount in self.amounts:
            kind = amount.unit, amount.is_multiple, amount.value < 1
            found.setdefault(kind, []).append(amount)
        return found.values()

    def explain(self, said: Said) -> Verdict:
        """Return the figure that a number which none covers was most likely meant to state."""
        known = _placeless(said)
        if known not in self._explained:
            self._explained[known] = self._explain(known)
        return self._explained[known]

    @cached_property
    def _explained(self) -> dict[Said, Verdict]:
        return {}

    def _explain(self, said: Said) -> Verdict:
        if said.meaning.value is None:
            return self._judge_date(said.meaning.date or DateParts())
        near = self._nearest(said)
        if near is None:
            return Verdict(is_covered=said.meaning.vague)
        figure, parts = near
        return Verdict(is_covered=False, figure=figure, parts=parts)

    def _judge_date(self, date: DateParts) -> Verdict:
        """Dates are no figures, unless the ledger has one that this looks like."""
        if date.day is None or self.covers(Meaning(date=date)):
            return COVERED
        for period, figure in self._figure_of.items():
            if looks_like(period, date):
                return Verdict(is_covered=False, figure=figure, parts=(Part.PERIOD,))
        return COVERED

    @cached_property
    def _figure_of(self) -> dict[Period, Figure]:
        """The first figure that names each period."""
        found: dict[Period, Figure] = {}
        for figure in self.figures:
            for period in periods_of(figure):
                found.setdefault(period, figure)
        return found

    def _is_year(self, said: Said) -> bool:
        value = said.meaning.value
        assert value is not None
        return value in self.years and not (said.meaning.percent or said.units or said.nouns)

    def _has_both_ends(self, meaning: Meaning) -> bool:
        assert meaning.value is not None
        return all((end, meaning.percent) in self._values for end in (meaning.value, meaning.upper))

    @cached_property
    def _values(self) -> frozenset[tuple[Decimal | None, bool]]:
        """Every amount's value, and whether it is in percent."""
        return frozenset((amount.value, amount.percent) for amount in self.amounts)

    def _differing(self, said: Said, amount: Amount) -> tuple[Part, ...]:
        """Return in what a number and an amount differ; nothing where the figure covers it."""
        meaning = said.meaning
        parts = []
        if not (is_of_kind(amount, meaning) or (amount.percent and said.may_be_percent)):
            parts.append(Part.UNIT)
        if not weighs(amount, said):
            parts.append(_number_or_magnitude(amount, meaning))
        elif not is_as_firm(amount, said):
            parts.append(Part.QUALIFIER)
        if Part.UNIT not in parts and (part := self._unit_part(said, amount)):
            parts.append(part)
        if amount.is_change and meaning.share and not said.direction:
            parts.append(Part.NUMBER)
        if meaning.times and amount.unit == Unit.COUNT and not self._is_named(amount, said):
            parts.append(Part.UNIT)
        if said.direction and amount.direction and said.direction != amount.direction:
            parts.append(Part.DIRECTION)
        if said.dates and not self._in_time(said, amount.figure):
            parts.append(Part.PERIOD)
        return tuple(parts)

    def _is_named(self, amount: Amount, said: Said) -> bool:
        return amount.figure.id in self._named_figures(said.sentence)

    def _unit_part(self, said: Said, amount: Amount) -> Part | None:
        if amount.percent or amount.is_multiple or not (said.units or said.nouns):
            return None
        unit = amount.unit if amount.unit in said.units else amount.unit.partition("/")[0]
        if unit in said.units or unit in said.nouns or unit == Unit.COUNT or unit not in KNOWN:
            return None
        label = self._label(amount.figure)
        known = said.units - NOUNS
        if known and unit not in NOUNS:
            return Part.UNIT
        if known and unit in NOUNS:
            return None if unit in said.nouns else Part.UNIT
        if unit in NOUNS and said.nouns and not any(word in label for word in _said_words(said)):
            return Part.NOUN
        return Part.UNIT if unit not in NOUNS and said.nouns and said.units else None

    def _in_time(self, said: Said, figure: Figure) -> bool:
        periods = [figure.period, *([figure.baseline.period] if figure.baseline else [])]
        if isinstance(figure.value, Period):
            periods.append(figure.value)
        if said.is_compared and figure.baseline is None:
            return True
        return all(any(may_be(period, date) for period in periods) for date in said.dates)

    def _label(self, figure: Figure) -> str:
        return figure.label.root.get(self.lang) or " ".join(figure.label.root.values())

    @cached_property
    def years(self) -> frozenset[int]:
        """The years, in four digits, in which a period begins or ends."""
        days = (day for each in self.periods for day in (each.start, each.end) if day)
        return frozenset(day.year for day in days if day.year >= _FOUR_DIGITS)

    @cached_property
    def _tokens(self) -> dict[str, frozenset[str]]:
        """The tokens of each figure's label, by its id."""
        return {figure.id: frozenset(_tokens(self._label(figure))) for figure in self.figures}

    @cached_property
    def _weights(self) -> dict[str, float]:
        """How much a token says: the less, the more labels have it."""
        counted = Counter(token for tokens in self._tokens.values() for token in tokens)
        return {token: 1 / count for token, count in counted.items()}

    @cached_property
    def _having(self) -> dict[str, list[str]]:
        """The ids of the figures whose label has a token."""
        found: dict[str, list[str]] = {}
        for name, tokens in self._tokens.items():
            for token in tokens:
                found.setdefault(token, []).append(name)
        return found

    @cached_property
    def _totals(self) -> dict[str, float]:
        return {
            name: sum(self._weights[token] for token in tokens)
            for name, tokens in self._tokens.items()
        }

    def _named_figures(self, words: str) -> Mapping[str, float]:
        """Return how much of a label stands in some words, from 0 to 1, by the figure's id."""
        return self._shares(frozenset(self._having.keys() & _tokens(words)))

    @cached_property
    def _shares(self) -> Callable[[frozenset[str]], Mapping[str, float]]:
        """What tokens name, remembered for those that were asked last: texts repeat themselves."""

        @lru_cache(_REMEMBERED)
        def shares(tokens: frozenset[str]) -> Mapping[str, float]:
            found: dict[str, float] = {}
            for token in sorted(tokens):
                for name in self._having[token]:
                    found[name] = found.get(name, 0.0) + self._weights[token] / self._totals[name]
            return found

        return shares

    def _meant_instead(
        self, said: Said, fitting: Sequence[Amount], stated: Collection[str]
    ) -> tuple[Figure, tuple[Part, ...]] | None:
        """Return the figure that the words name, where those that fit only share the number."""
        named = self._named_figures(said.clause)
        if any(each.figure.id in named for each in fitting):
            return None
        around = self._named_figures(said.sentence)
        is_near = any(each.figure.id in around for each in fitting)
        for amount in self._own if around else ():
            name = amount.figure.id
            if name not in around or name in stated:
                continue
            if not (named.get(name, 0) >= _NAMED or (not is_near and weighs(amount, said))):
                continue
            parts = self._differing(said, amount)
            if not (Part.UNIT in parts or Part.NOUN in parts):
                return amount.figure, parts
        return None

    @cached_property
    def _own(self) -> list[Amount]:
        return [amount for amount in self.amounts if amount.is_own]

    def _nearest(self, said: Said) -> tuple[Figure, tuple[Part, ...]] | None:
        """Return the figure that was most likely meant."""
        value = number_of(said.meaning)
        names = self._named_figures(said.clause)
        best: tuple[tuple[float, bool], float, float, Amount, tuple[Part, ...]] | None = None
        for amount in self.amounts:
            parts = self._differing(said, amount)
            same = Part.NUMBER not in parts and Part.MAGNITUDE not in parts
            if Part.UNIT in parts and not same:
                continue
            named = names.get(amount.figure.id, 0.0)
            if best and not same:  # the look at their digits takes longest
                most = _most_likeness(value, amount.value) + named - 0.2 * len(parts)
                if most < best[0][0]:
                    continue
            likeness = 1.0 if same else _likeness(value, amount.value)
            rated = likeness + named - 0.2 * len(parts), amount.is_own
            if best is None or rated > best[0]:
                best = rated, likeness, named, amount, parts
        if best is None:
            return None
        _, likeness, named, amount, parts = best
        if said.meaning.vague:
            return (amount.figure, parts) if named >= _NAMED else None
        return (amount.figure, parts) if likeness >= _ALIKE or named else None


def _placeless(said: Said) -> Said:
    """Return what is said wherever it stands, since texts repeat themselves."""
    return replace(said, found=replace(said.found, start=0, end=0))


def _said_words(said: Said) -> list[str]:
    return [word for word in re.findall(r"\w{2,}", said.unit_text) if not word[0].isdigit()]


def _likeness(one: Decimal, other: Decimal) -> float:
    """Return 1 for numbers of the same digits, less for transposed or rounded ones."""
    digits, others = _digits(one), _digits(other)
    if digits == others:
        return 1.0
    if sorted(digits) == sorted(others):
        return 0.9
    looks = SequenceMatcher(None, digits, others).ratio()
    return (looks + _closeness(one, other)) / 2


def _most_likeness(one: Decimal, other: Decimal) -> float:
    """Return what `_likeness` does not exceed, without comparing the digits one by one."""
    digits, others = _digits(one), _digits(other)
    if digits == others:
        return 1.0
    looks = 2.0 * min(len(digits), len(others)) / (len(digits) + len(others))
    most = (looks + _closeness(one, other)) / 2
    return max(0.9, most) if len(digits) == len(others) else most


def _closeness(one: Decimal, other: Decimal) -> float:
    larger = max(one, other)
    return float(min(one, other) / larger) if larger.is_finite() and larger else 0.0


@lru_cache(10_000)
def _digits(number: Decimal) -> str:
    return f"{number:f}".replace(".", "").strip("0")


_WORDS = re.compile(r"[一-鿿぀-ヿ가-힯]+|[^\W\d_]{4,}")


def _tokens(text: str) -> Iterator[str]:
    """Yield what may be compared of a text: pairs of signs, or beginnings of words."""
    for match in _WORDS.finditer(text):
        word = match[0]
        if "\u3040" <= word[0] <= "\u9fff" or "가" <= word[0] <= "힣":
            yield from (word[at : at + 2] for at in range(len(word) - 1))
        else:
            yield word.lower()[:5]


def _number_or_magnitude(amount: Amount, meaning: Meaning) -> Part:
    value = number_of(meaning)
    same = value.is_finite() and value and _digits(value) == _digits(amount.value)
    return Part.MAGNITUDE if same else Part.NUMBER
