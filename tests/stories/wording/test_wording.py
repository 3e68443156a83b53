"""The catalogues, and numbers in several languages."""

from decimal import Decimal

import pytest
from babel.localedata import locale_identifiers

from stories.errors import WordingError
from stories.wording import Wording


def test_a_plural_form_follows_its_number() -> None:
    assert Wording("en").plural("units.people", 1) == "1 person"
    assert Wording("en").plural("units.people", 2) == "2 people"


def test_a_language_without_catalogue_borrows_words_in_order_and_keeps_its_numbers() -> None:
    assert Wording("nl", ["zh"]).text("status.forecast") == "预计"
    assert Wording("nl").text("status.forecast") == "forecast"
    assert Wording("fr").number(Decimal("1234.5")) == "1\u202f234,5"
    assert Wording("zh-Hans-CN").text("status.forecast") == "预计"


def test_a_missing_key_or_placeholder_is_named() -> None:
    with pytest.raises(WordingError, match=r"page\.nothing"):
        Wording("en").text("page.nothing")
    with pytest.raises(WordingError, match=r"figure\.about needs a value for 'number'"):
        Wording("en").text("figure.about")
    with pytest.raises(WordingError, match="plural"):
        Wording("en").text("units.people")


@pytest.mark.parametrize(
    ("lang", "number", "written"),
    [
        ("zh", "130000000", "1.3亿"),
        ("zh", "30000000", "3000万"),
        ("zh", "1800", "1800"),
        ("zh", "548568", "548568"),
        ("zh", "123450000", "1.2345亿"),
        ("zh", "18000", "1.8万"),
        ("ja", "1800", "1800"),
        ("ko", "1800", "1,800"),
        ("en", "130000000", "130 million"),
        ("en", "548568", "548,568"),
        ("en", "123456789", "123,456,789"),
        ("de", "1300000", "1,3 Millionen"),
    ],
)
def test_short_numbers_never_round(lang: str, number: str, written: str) -> None:
    assert Wording(lang).short_number(Decimal(number)) == written


def test_languages_name_themselves() -> None:
    assert Wording("zh").language_name("en") == "English"
    assert Wording("en").language_name("zh") == "中文"
    assert Wording("en").language_name("fr") == "Français"


def test_sections_hold_plain_texts() -> None:
    assert Wording("en").section("status")["plan"] == "planned"
    assert "people" not in Wording("en").section("units")


def test_lists_can_be_written_in_every_language() -> None:
    for lang in locale_identifiers():
        for count in (1, 2, 3, 4):
            assert Wording(lang.replace("_", "-")).listed(["a", "b", "c", "d"][:count])
