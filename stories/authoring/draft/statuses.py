"""Whether a number has happened, is expected, is striven for, or is planned."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stories.model.figure import Status

if TYPE_CHECKING:
    from stories.authoring.draft.vocabulary import Vocabulary

_AHEAD = (Status.FORECAST, Status.TARGET, Status.PLAN)


def status_of(  # noqa: PLR0913, PLR0917  # a text, and places in it
    text: str, begin: int, at: int, stop: int, sentence: tuple[int, int], words: Vocabulary
) -> Status:
    """Return the status of what stands at `at`, in the clause from `begin` to `stop`.

    A word such as 预计 or 确保 goes for what follows in its sentence, until one such as 已 or 去年
    says otherwise.
    """
    here = _last(text[begin:at], words)
    if here is not None:
        return here
    if (
        words.is_spaced
        and (after := _last(re.split(r"\band\b", text[at:stop])[0], words, reported=False))
        is not None
    ):
        return after
    earlier = re.split(r"[；;]", text[sentence[0] : begin])[-1]
    said = _last(earlier, words)
    return said if said is not None else Status.REPORTED


_PARTS_OF_NOUNS = {"计划": ("”》动展", "，。、”书的"), "规划": ("", "局馆院师"), "拟": ("虚模", "")}


def _is_noun(match: re.Match[str], text: str) -> bool:
    """Whether a word is part of a name: “青年入乡”计划, 行动计划, 模拟."""
    before, after = _PARTS_OF_NOUNS.get(match[0], ("", ""))
    following = text[match.end() : match.end() + 1]
    return text[match.start() - 1 : match.start()] in {*before} or following in {*after}


def _last(text: str, words: Vocabulary, *, reported: bool = True) -> Status | None:
    found = [
        (match.start(), len(match[0]), status)
        for status in (*_AHEAD, *((Status.REPORTED,) if reported else ()))
        for match in re.finditer(words.pattern("status", status), text, re.IGNORECASE)
        if not _is_noun(match, text)
    ]
    return max(found)[2] if found else None
