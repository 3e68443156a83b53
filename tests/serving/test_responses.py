from __future__ import annotations

from sys import getsizeof

import pytest

from serving.responses import Representation, has


def test_what_keeping_an_answer_costs_is_its_bodies() -> None:
    plain, text = b"\x00" * 5000, "word " * 1000
    assert getsizeof(Representation.of(plain, "image/png")) >= 5000
    answer = Representation.of(text, "text/css")
    assert answer.packed
    assert getsizeof(answer) >= 5000 + len(answer.packed)


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ('W/"abc"', True),
        ('"abc"', True),
        ('"x", W/"abc"', True),
        ("*", True),
        ("", False),
        ('W/"abcd"', False),
        ("abc", False),
    ],
)
def test_marks_are_compared_weakly(asked: str, known: bool) -> None:  # noqa: FBT001
    assert has(asked, 'W/"abc"') is known
