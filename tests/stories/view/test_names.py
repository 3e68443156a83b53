"""Names of all kinds, and those that two divisions share."""

from __future__ import annotations

import pytest
from markupsafe import escape

from stories.files.loader import load_atlas
from stories.model.division import Division
from stories.model.text import Texts
from stories.view.context import ViewContext, read_address
from stories.view.panel import panel_html
from stories.view.selection import towns_html
from tests.conftest import DEQING

ATLAS = load_atlas(DEQING)
SLUGS = [story.town for story in ATLAS.stories]


def context_of(*divisions: dict[str, str], lang: str = "en", **view: list[str]) -> ViewContext:
    towns = {
        slug: Division.model_validate(
            {
                "slug": slug,
                "names": {"en": each.get("name", "Springfield"), "zh": each.get("zh", "镇")},
                "boundary_status": "published",
                "kind": each.get("kind", ""),
                "code": each.get("code", ""),
            }
        )
        for slug, each in zip(
            SLUGS, (*divisions, *({"name": slug, "zh": slug} for slug in SLUGS)), strict=False
        )
    }
    return read_address(ATLAS, towns, {"lang": [lang], **view})


@pytest.mark.parametrize(
    ("twins", "named"),
    [
        (({"kind": "town"}, {"kind": "city"}), ["Springfield (Town)", "Springfield (City)"]),
        (
            ({"kind": "town", "code": "1"}, {"kind": "town", "code": "2"}),
            ["Springfield (1)", "Springfield (2)"],
        ),
        (({}, {}), [f"Springfield ({slug})" for slug in SLUGS[:2]]),
        (({}, {"name": "springfield "}), [f"Springfield ({SLUGS[0]})", None]),
        (({"name": "Åre"}, {"name": "A\u030are"}), [f"Åre ({SLUGS[0]})", None]),
        (({"name": "North"}, {"name": "South"}), ["North", "South"]),
    ],
)
def test_equal_names_are_told_apart(
    twins: tuple[dict[str, str], ...], named: list[str | None]
) -> None:
    context = context_of(*twins)
    for slug, name in zip(SLUGS, named, strict=False):
        assert name is None or context.town_name(slug) == name
    assert len({context.town_name(slug) for slug in SLUGS}) == len(SLUGS)


def test_they_are_so_in_the_list_and_the_panel() -> None:
    twins = ({"kind": "town"}, {"kind": "city"})
    listed = str(towns_html(context_of(*twins), SLUGS))
    assert "Springfield (Town)" in listed
    assert "Springfield (City)" in listed
    assert "Springfield (City)" in str(panel_html(context_of(*twins, town=[SLUGS[1]])))
    assert "镇（街道）" in str(
        towns_html(
            context_of({"kind": "town", "zh": "镇"}, {"kind": "subdistrict"}, lang="zh"), SLUGS
        )
    )


NAMES = [
    "🌊 Harbour 🇳🇴",
    "Å",
    "St. John's (East) [old] {x}",
    '"Quoted" «Town» <b>',
    "Taumatawhakatangihangakoauauotamateaturipukakapikimaungahoronukupokaiwhenuakitanatahu",
    "ناحية المسيب",
    "Ţ̧ȩ̇ş̌ṭ",
]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_shown_as_it_is(name: str) -> None:
    context = context_of({"name": name}, {"name": name, "kind": "x"}, town=[SLUGS[0]])
    assert str(escape(name)) in str(towns_html(context, SLUGS))
    assert str(escape(name)) in str(panel_html(context))
    assert Texts({"en": name}).get("en") == name
