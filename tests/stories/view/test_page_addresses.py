"""Addresses of views; `tests/scripts/links.test.js` asks the page's script for the same ones."""

from __future__ import annotations

import pytest

from stories.view.page_addresses import ROUTES, FolderAddresses


@pytest.mark.parametrize(
    ("root", "query", "address"),
    [
        ("../../", "town=a&theme=t&lang=en", "../../en/a/?theme=t"),
        ("", "atlas=德清&lang=zh", "%E5%BE%B7%E6%B8%85/zh/"),
        ("../", "town=a", "../?town=a"),
        ("./", "lang=zh-Hant", "./zh-Hant/"),
        ("../", "town=a/..&theme=t&theme=u&lang=en", "../en/a%2F../?theme=t&theme=u"),
    ],
)
def test_in_a_folder_the_path_names_town_and_language(root: str, query: str, address: str) -> None:
    assert FolderAddresses(root).view(query) == address


def test_one_page_has_all_views() -> None:
    assert ROUTES.view("town=a&lang=en") == "?town=a&lang=en"


def test_files_begin_at_the_root() -> None:
    assert FolderAddresses("../../").beside("card/en.png") == "../../card/en.png"
