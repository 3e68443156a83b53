"""Short names made of names in Latin letters."""

import pytest

from geo.build.slugs import from_names


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Å", "a"),
        ("Ørsta", "orsta"),
        ("Łódź", "lodz"),
        ("Ærø", "aero"),
        ("Straße", "strasse"),
        ("St. John's (East) [old]", "st-johns-east-old"),
        ("🌊 Harbour", "harbour"),
        ("Iğdır", "igdir"),
    ],
)
def test_a_name_keeps_its_letters(name: str, slug: str) -> None:
    assert from_names([name]) == [slug]


def test_a_name_of_other_letters_makes_none() -> None:
    assert from_names(["🌊"]) is None
    assert from_names(["Å", "A"]) is None
