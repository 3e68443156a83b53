"""Whatever the article says, each figure is proved; what is tampered with is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from stories.authoring.boundaries import Boundaries
from stories.authoring.draft import DraftRequest, draft_atlas
from stories.authoring.draft.article import as_article
from stories.authoring.draft.figures import Found, find_figures
from stories.authoring.draft.proof import Proof
from stories.authoring.draft.readers import Block
from stories.authoring.scaffold import ScaffoldRequest
from stories.checks import check_atlas
from stories.errors import DraftError
from stories.files.loader import read_atlas
from stories.model.division import Division
from stories.model.figure import Figure
from stories.numbers import find_numbers

TODAY = date(2024, 5, 20)
HEADING = {"zh": "石桥镇 茶香", "en": "Oldbridge hires again"}
WORDS = {
    "zh": [
        "全镇有",
        "去年",
        "产值达",
        "预计",
        "从",
        "降至",
        "同比增长",
        "近",
        "企业",
        "家",
        "个项目",
        "万元",
        "吨",
        "%",
        "，",
        "。",
        "名员工",
        "力争",
        "2023年",
        "3月",
        "“",
        "”",
        "第",
        "PM2.5",
        "三成",
        "余",
        "亩",
        "比上年多",
        "5至7",
        "数百",
        "翻了一番",
    ],
    "en": [
        "the mill",
        "employs",
        "last year",
        "rose from",
        "to",
        "about",
        "people",
        "tonnes",
        "%",
        "per cent",
        "£",
        "million",
        ",",
        ".",
        "plans",
        "in 2023",
        "May",
        "up to",
        "a third",
        "more than",
        "hectares",
        "from",
        "3–5",
        "twice",
        "jobs",
    ],
}
NUMBERS = st.one_of(
    st.integers(0, 10**7).map(str),
    st.decimals(0, 1000, places=2).map(str),
    st.integers(1000, 999_999).map("{:,}".format),
)


def articles(lang: str) -> st.SearchStrategy[list[str]]:
    gap = "" if lang == "zh" else " "
    piece = st.one_of(st.sampled_from(WORDS[lang]), NUMBERS)
    paragraph = st.lists(piece, min_size=1, max_size=30).map(gap.join)
    return st.lists(paragraph, min_size=1, max_size=4)


def figure(found: Found, number: int, **changed: object) -> Figure:
    fields: dict[str, Any] = {
        "id": "a", "label": {"zh": "a"}, "unit": found.unit, "value": str(found.value),
        "period": str(found.period), "quote": found.quote, "passage": {"paragraph": number},
    }  # fmt: skip
    if found.before is not None:
        fields["baseline"] = {"value": str(found.before), "period": "unstated"}
    return Figure.model_validate(fields | changed)


def read(lang: str, texts: list[str]) -> tuple[Proof, list[tuple[Found, int]]]:
    blocks = [Block(HEADING[lang], 1, heading=True)]
    blocks += [
        Block(" ".join(text.split()), at + 2, heading=False) for at, text in enumerate(texts)
    ]
    article = as_article([block for block in blocks if block.text], lang, "x")
    article.number([HEADING[lang]])
    found = [
        (each, paragraph.number)
        for paragraph in article.sections[0].paragraphs
        for each in find_figures(paragraph.text, lang, TODAY)[0]
    ]
    return Proof(article.text, [HEADING[lang]], lang, TODAY), found


@settings(deadline=None, max_examples=150)
@given(st.data(), st.sampled_from(["zh", "en"]))
def test_no_value_and_no_quote_is_made_up(data: st.DataObject, lang: str) -> None:
    texts = data.draw(articles(lang))
    proof, found = read(lang, texts)
    whole = "".join("".join(texts).split())
    for each, number in found:
        assert "".join(each.quote.split()) in whole
        told = proof.fault(figure(each, number), HEADING[lang])
        # What the quote says as well is for an editor, and is not written; the rest is proved.
        assert not told or "as well" in told or "its value" in told


@settings(deadline=None, max_examples=100)
@given(st.data(), st.sampled_from(["zh", "en"]), st.integers(1, 10**6))
def test_a_tampered_number_is_refused(data: st.DataObject, lang: str, more: int) -> None:
    proof, found = read(lang, data.draw(articles(lang)))
    for each, number in found:
        if not isinstance(each.value, Decimal):
            continue
        value = abs(each.value) + more
        assume(str(value) not in each.quote and (each.before is None or value != each.before))
        told = proof.fault(figure(each, number, value=str(value)), HEADING[lang])
        assert "value is not in its quote" in told or "share" in told, (each, value)


@settings(deadline=None, max_examples=60)
@given(st.data(), st.sampled_from(["zh", "en"]))
def test_a_tampered_quote_or_passage_is_refused(data: st.DataObject, lang: str) -> None:
    proof, found = read(lang, data.draw(articles(lang)))
    for each, number in found:
        other = figure(each, number, quote=each.quote + "☃")
        assert "quote is not in the article" in proof.fault(other, HEADING[lang])
        far = figure(each, number + 100)
        assert "quote is not in the article" in proof.fault(far, HEADING[lang])
        assert "section" in proof.fault(figure(each, number), "No such heading")


def test_a_baseline_and_a_date_are_proved_too() -> None:
    proof, found = read("zh", ["浓度从53微克/立方米降至37微克/立方米。2022年7月落户新安。"])
    (level, one), (day, two) = found
    assert not proof.fault(figure(level, one), HEADING["zh"])
    wrong = figure(level, one, baseline={"value": "54", "period": "unstated"})
    assert "baseline" in proof.fault(wrong, HEADING["zh"])
    assert not proof.fault(figure(day, two), HEADING["zh"])
    assert "date" in proof.fault(figure(day, two, value="2022-08"), HEADING["zh"])


def divisions(names: dict[str, str]) -> list[Division]:
    return [
        Division.model_validate({"slug": slug, "names": {"zh": name}, "boundary_status": "unknown"})
        for slug, name in names.items()
    ]


@settings(deadline=None, max_examples=25)
@given(articles("zh"), articles("zh"))
@example(["全镇有"], ["比上年多去年0"])
def test_whatever_is_written_stands_in_the_article(one: list[str], two: list[str]) -> None:
    """From the file of the article to the files of the atlas, for any article."""
    towns = divisions({"shiqiao": "石桥镇", "baima": "白马乡"})
    built = Boundaries(
        build=lambda *_: None,
        divisions=lambda _folder, _name: towns,
        strays=lambda _files: (),
    )
    parts = ["青溪新事", "石桥镇 茶香", *one, "白马乡 客来", *two]
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a.md").write_text(
            "\n\n".join(f"## {each}" if " " in each else each for each in parts), encoding="utf-8"
        )
        order = ScaffoldRequest(folder=folder / "atlas", boundaries=folder / "b.geojson")
        try:
            draft_atlas(DraftRequest(folder / "a.md", order, TODAY), built)
        except DraftError:
            return  # nothing in it is about a division
        files = read_atlas(folder / "atlas")
        assert not files.faults
        text = (folder / "atlas" / "article.txt").read_text(encoding="utf-8")
        for town in files.towns:
            for each in town.file.figures if town.file else ():
                assert each.quote
                assert each.quote in text
                said = {found.meaning.value for found in find_numbers(each.quote, "zh")}
                assert not isinstance(each.value, Decimal) or abs(each.value) in said
        faults = check_atlas(folder / "atlas", [town.slug for town in towns])
        numbers = [str(fault) for fault in faults if "TODO" not in fault.what]
        assert not [each for each in numbers if "quote" in each or "paragraph" in each]
