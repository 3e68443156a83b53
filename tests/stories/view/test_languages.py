"""Which language a reader gets."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.view.languages import choose_language, look_up


@pytest.mark.parametrize(
    ("wanted", "languages", "found"),
    [
        ("zh-CN", ["zh", "en"], "zh"),
        ("zh-Hans-CN", ["zh", "en"], "zh"),
        ("zh-TW", ["zh", "zh-Hant"], "zh-Hant"),
        ("zh-HK", ["zh-Hans", "zh-Hant"], "zh-Hant"),
        ("zh", ["zh-Hant", "zh-Hans"], "zh-Hans"),
        ("zh-TW", ["en", "zh-Hans"], "zh-Hans"),
        ("pt", ["pt-PT", "pt-BR"], "pt-BR"),
        ("pt-AO", ["en", "pt-BR"], "pt-BR"),
        ("EN_us", ["zh", "en"], "en"),
        ("sr-RS", ["sr-Latn", "sr-Cyrl"], "sr-Cyrl"),
        ("sr-Latn-RS", ["sr-Cyrl", "sr-Latn"], "sr-Latn"),
        ("en-x-twain", ["zh", "en"], "en"),
        ("e", ["en"], None),
        ("fr", ["zh", "en"], None),
        ("", ["zh"], None),
        ("?!", ["zh"], None),
        ("en" + "-a" * 100_000, ["en"], None),
    ],
)
def test_a_tag_finds_the_nearest_language(
    wanted: str, languages: Sequence[str], found: str | None
) -> None:
    assert look_up(wanted, languages) == found


@pytest.mark.parametrize(
    ("tags", "browser", "chosen"),
    [
        (["en"], "zh-CN", "en"),
        (["en-GB"], "zh-CN", "en"),
        (["tlh", "en"], "zh-CN", "en"),
        ([], "zh-CN", "zh"),
        ([], "zh-Hant-TW", "zh"),
        ([], "zh_Hant", "zh"),
        ([], "fr, en;q=0.8, zh;q=0.5", "en"),
        ([], "EN-us", "en"),
        ([], "fr-FR", "zh"),
        ([], "", "zh"),
        ([], "?!", "zh"),
    ],
)
def test_the_address_comes_first_then_the_browser_then_the_atlas(
    tags: Sequence[str], browser: str, chosen: str
) -> None:
    assert choose_language(tags, browser, ["zh", "en"]) == chosen


def test_without_languages_it_is_english() -> None:
    assert choose_language(["fr"], "de", []) == "en"


@given(tags=st.lists(st.text()), browser=st.text())
def test_whatever_is_asked_for_there_is_a_language(tags: list[str], browser: str) -> None:
    assert choose_language(tags, browser, ["zh", "en"]) in {"zh", "en"}
