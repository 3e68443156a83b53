"""The bundled stories against the newspaper feature they are drawn from."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.files.boundary_sets import division_slugs
from stories.checks import check_atlas
from stories.files.loader import load_atlas
from stories.files.source_text import paragraphs
from stories.markdown import plain_markdown, read_body
from stories.model.atlas import Atlas, Figure, Story
from stories.view.scenes import linked_figures

REPO = Path(__file__).parents[2]
DEQING = REPO / "stories" / "data" / "deqing"
FEATURE = REPO.parent / "shared" / "seed" / "deqing-feature-2024.txt"
LONGEST_SHARED_RUN = 11
# Names of places, firms, offices and plans, which carry over as they are.
NAMES = (
    "浙江上丰机械有限公司",
    "浙江乾腾新材料有限公司",
    "浙江同湃特机器人科技有限公司",
    "浙江正熙生物技术有限公司",
    "环浙工大创新经济圈",
    "金鹅湖社区服务中心",
    "浙工大附属中小学",
    "浙工大青年街区",
)


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return load_atlas(DEQING)


@pytest.fixture(scope="module")
def feature() -> str:
    if not FEATURE.exists():
        pytest.skip(
            "holds the stories against the newspaper's own text, which is not ours to publish; "
            "put it at ../shared/seed/deqing-feature-2024.txt to run this"
        )
    return FEATURE.read_text(encoding="utf-8")


def quoted(atlas: Atlas) -> Iterator[Figure]:
    for story in atlas.stories:
        yield from (figure for figure in story.figures if figure.passage)


def ideographs(text: str) -> str:
    return re.sub(r"[^\u4e00-\u9fff|]", "", text)


def told(story: Story, lang: str) -> str:
    """The body as it is read, without the atlas's own notes, which are set as quotations."""
    body = story.texts[lang].body_markdown
    return plain_markdown(re.sub(r"^>.*$", "", body, flags=re.MULTILINE))


def test_every_town_tells_its_story_in_both_languages(atlas: Atlas) -> None:
    assert [story.town for story in atlas.stories] == ["leidian", "xinan", "yuyue", "kangqian"]
    for story in atlas.stories:
        assert 200 <= len(ideographs(told(story, "zh"))) <= 400
        assert 130 <= len(told(story, "en").split()) <= 240


def test_every_story_is_told_in_scenes_and_its_numbers_lead_to_their_figures(atlas: Atlas) -> None:
    for story in atlas.stories:
        scenes = [scene.id for scene in story.scenes]
        assert 3 <= len(scenes) <= 5
        for text in story.texts.values():
            assert list(read_body(text.body_markdown).scenes) == scenes
        linked = [linked_figures(text, ()) for text in story.texts.values()]
        assert linked[0] == linked[1]
        assert len(linked[0]) >= 5


def test_quotes_are_short_and_stand_in_their_paragraph(atlas: Atlas, feature: str) -> None:
    headings = [story.section.root["zh"] for story in atlas.stories if story.section]
    for figure in quoted(atlas):
        assert figure.quote
        assert figure.passage
        assert figure.passage.section
        assert len(ideographs(figure.quote)) <= LONGEST_SHARED_RUN, figure.id
        section = paragraphs(feature, figure.passage.section.root["zh"], headings)
        assert figure.quote in section[figure.passage.paragraph - 1], figure.id


def test_the_check_finds_every_passage_in_the_feature(feature: str) -> None:
    assert check_atlas(DEQING, division_slugs, feature) == []


def test_no_sentence_of_the_feature_is_carried_over(atlas: Atlas, feature: str) -> None:
    for name in NAMES:
        feature = feature.replace(name, "|")
    printed = ideographs(feature)
    size = LONGEST_SHARED_RUN + 1
    for story in atlas.stories:
        text = story.texts["zh"]
        words = f"{text.headline}|{text.lead}|{told(story, 'zh')}"
        for name in NAMES:
            words = words.replace(name, "|")
        words = ideographs(words)
        runs = [words[i : i + size] for i in range(len(words) - size + 1)]
        assert [run for run in runs if run in printed and "|" not in run] == [], story.town


def test_every_number_of_the_four_sections_is_in_the_ledger(atlas: Atlas, feature: str) -> None:
    """Every numeral of the feature's sections stands in a quote, or is listed here as no figure."""
    not_figures = (
        "PM2.5", "PM10", "去年12月份",  # names, and the baseline's month
        "2023年企业", "2024年一季度", "2024年，", "3月21日", "5168", "310",
        "2月19日，德清县", "2月29日", "2023年全年", "7家铸造企业均已", "近3亿元",
    )  # fmt: skip
    headings = [story.section.root["zh"] for story in atlas.stories if story.section]
    for story in atlas.stories:
        assert story.section
        for number, paragraph in enumerate(
            paragraphs(feature, story.section.root["zh"], headings), 1
        ):
            rest = paragraph
            here = [f for f in story.figures if f.passage and f.passage.paragraph == number]
            for words in sorted((f.quote or "" for f in here), key=len, reverse=True):
                rest = rest.replace(words, "")
            for words in not_figures:
                rest = rest.replace(words, "")
            assert not re.search(r"\d", rest), (story.town, number, rest)
