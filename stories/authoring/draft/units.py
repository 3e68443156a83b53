"""The unit of a number, by the sign or the words that follow it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from stories.authoring.draft.vocabulary import Vocabulary, vocabulary
from stories.model.unit import UnitName
from stories.numbers.lexicon import CURRENCIES, MEASURES

if TYPE_CHECKING:
    from stories.numbers.said import Said

_UNIT: TypeAdapter[object] = TypeAdapter(UnitName)
_PREFERRED = ("CNY", "USD", "GBP")
"""Which of several currencies that share a sign is taken, in this order."""
_NEAR = {True: 5, False: 14}
"""Words, or Chinese characters, within which what is counted is named."""
_PER_AREA = re.compile(
    r"\s(?:a|an|per)\s(hectare|acre|mu|tonne|kilogram|kilo|square met(?:re|er))\b"
)
_AREAS = {"hectare": "ha", "acre": "acre", "mu": "mu", "tonne": "t", "kilogram": "kg", "kilo": "kg",
          "square metre": "m²", "square meter": "m²"}  # fmt: skip
_SPELLS = frozenset({"years", "months", "weeks", "days"})
_OVER = re.compile(r"^(?:元|万元|亿元)?\s?[/每]\s?(亩|吨|人|平方米|公斤|户|天)")
_RELATIVE = re.compile("由|来自|位于|总?投资|涉及|以")
_UNDER = {"亩": "mu", "吨": "t", "人": "people", "平方米": "m²", "公斤": "kg", "户": "households",
          "天": "days"}  # fmt: skip


def unit_of(said: Said, before: str, after: str, lang: str) -> str:
    """Return the unit of a number, `count` where none is known.

    `before` and `after` are the words of its clause on either side.
    """
    words = vocabulary(lang)
    if said.meaning.percent:
        return "%"
    if said.meaning.times:
        return "count"
    measured = sorted(said.units & (MEASURES | {*CURRENCIES, "CNY"}))
    if measured and not _is_counter(after, words):
        unit = next((each for each in _PREFERRED if each in measured), measured[0])
        return _ratio(unit, before, after, words)
    return _counted(before, after, words)


def fits(unit: str) -> bool:
    """Whether the format knows a unit."""
    try:
        _UNIT.validate_python(unit)
    except ValidationError:
        return False
    return True


def _ratio(unit: str, before: str, after: str, words: Vocabulary) -> str:
    if (area := _PER_AREA.match(after)) and unit in CURRENCIES:
        return f"{unit}/{_AREAS[area[1]]}"
    if over := _OVER.match(after):
        return f"{unit}/{_UNDER[over[1]]}"
    near = before[-10:] if not words.is_spaced else after[:24]
    if unit == "t" and any(word in near for word in words.words("per_day")):
        return "t/day"
    if unit == "CNY" and any(word in near for word in words.words("per_mu")):
        return "CNY/mu"
    return unit


def _is_counter(after: str, words: Vocabulary) -> bool:
    """Whether a sign that also is a measure stands for something counted: 个百分点, 天内."""
    return not words.is_spaced and bool(re.match(r"(?:年|个月|周|人次|千瓦时|千瓦|兆瓦)", after))


@cache
def _counters(lang: str) -> tuple[re.Pattern[str], dict[str, str]]:
    by_word = {
        word: unit for unit, each in vocabulary(lang).table("counters").items() for word in each
    }
    listed = "|".join(map(re.escape, sorted(by_word, key=len, reverse=True)))
    return re.compile(listed if lang == "zh" else rf"\b(?:{listed})\b", re.IGNORECASE), by_word


def _counted(before: str, after: str, words: Vocabulary) -> str:  # noqa: PLR0911  # rules
    pattern, by_word = _counters(words.lang)
    if words.is_spaced:
        stop = re.search(
            r"\b(?:for|in|to|from|with|by|at|on|who|which|that|as|than|or|across|and)\b|[,;:.]",
            after,
        )
        near = " ".join(after[: stop.start() if stop else None].split()[: _NEAR[True]])
        for named in pattern.finditer(near):
            unit = by_word[named[0].lower()]
            if unit not in _SPELLS or not near[: named.start()].strip():
                return unit
        return "count"
    match = pattern.match(after)
    if match is None:
        return _noun(after, words) if re.match(r"[\u4e00-\u9fff]", after) else "count"
    unit, rest = (
        by_word[match[0]],
        re.split("[，、和与及并在]", after[match.end() :])[0][: _NEAR[False]],
    )
    if unit == "firms":
        around = rest[:8] or before[-6:]
        is_other = any(word in around for word in words.words("no_firm", "words"))
        return "count" if is_other else "firms"
    if unit != "count":
        return unit
    if not re.sub("以上|左右|以内|上下", "", rest):  # 岗位400个: what is counted stands before
        for unit, each in words.table("nouns").items():
            if any(before.endswith(word) and len(word) > 1 for word in each):
                return unit
    return _noun(after[match.end() - (match[0] not in {"个", "大", "项"}) :], words)


def without_counter(after: str, lang: str) -> str:
    """Return the words behind a Chinese number without the sign that counts."""
    match = _counters(lang)[0].match(after)
    return after[match.end() :] if match else after


def _noun(after: str, words: Vocabulary) -> str:
    """Return what is counted, by the last noun of those that follow at once."""
    clause = re.split(r"[，。；]", after)[0]
    if _RELATIVE.match(clause.lstrip("个项")) and "的" in clause:
        clause = clause[clause.rindex("的") + 1 :]
    near = re.split(r"[，、和与及并。；“”]", clause)[0][: _NEAR[False]]
    found = [
        (near.find(word) + len(word), len(word), unit)
        for unit, each in words.table("nouns").items()
        for word in each
        if word in near
    ]
    if not found:
        return "count"
    _, _, unit = max(found)
    is_one = {"村": "villages", "镇": "towns"}.get(near[:1])
    return is_one or unit
