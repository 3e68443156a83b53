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
    if words.is_spaced and (after := _last(text[at:stop], words, reported=False)) is not None:
        return after
    earlier = re.split(r"[；;]", text[sentence[0] : begin])[-1]
    said = _last(earlier, words)
    return said if said is not None else Status.REPORTED


def _last(text: str, words: Vocabulary, *, reported: bool = True) -> Status | None:
    found = [
        (match.start(), len(match[0]), status)
        for status in (*_AHEAD, *((Status.REPORTED,) if reported else ()))
        for match in re.finditer(words.pattern("status", status), text, re.IGNORECASE)
    ]
    return max(found)[2] if found else None
