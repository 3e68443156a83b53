"""Any graphic that is accepted, in any language: whole, within its sheet, and said in words."""

from __future__ import annotations

from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from stories.files.graphics import graphic_faults
from stories.files.yaml import YamlSource
from stories.graphics import (
    Imprint,
    figure_graphic,
    graphic_rows,
    graphic_words,
    inline_graphic,
    standalone_graphic,
)
from stories.graphics.draw import draw
from stories.graphics.measure import text_width
from stories.graphics.shapes import Drawing, Rect, Stroke, Text
from stories.model.atlas import (
    Baseline,
    Figure,
    Graphic,
    GraphicForm,
    GraphicGroup,
    Period,
    Qualifier,
    Status,
    StoryFile,
    Texts,
    Unit,
)
from stories.wording import Wording
from stories.wording.figures import number_text, qualified_text

LANGUAGES = ("zh", "en", "ar", "th", "de")
HOSTILE = "<script>alert(1)</script>&amp;\"'>]]><!--"
LABELS = st.one_of(
    st.sampled_from(
        [
            "产值", "Output for the year", HOSTILE, "Donaudampfschifffahrtsgesellschaft" * 4,
            "عدد الفرق في البلدة", "จำนวนโครงการทั้งหมดในอำเภอ", "乾腾新材料" * 20, "🏭🏭 e\u0301",
        ]
    ),
    st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=80),
)  # fmt: skip
PERIODS = st.sampled_from(
    ["unstated", "2023", "2024", "2024-Q1", "2024-02", "2024-02-19", "2024-02-19/2024-02-28",
     "2024-03-01/2024-03-04", "1987-06", "0001-01-01", "9999-12-31", "9999"]
).map(Period.of)  # fmt: skip
NUMBERS = st.one_of(
    st.integers(0, 40).map(Decimal),
    st.decimals(-(10**9), 10**11, places=2, allow_nan=False),
    st.sampled_from([Decimal(0), Decimal(-30), Decimal("0.000001"), Decimal(10) ** 11]),
)
UNITS = st.sampled_from([Unit.CNY, Unit.PERCENT, Unit.PROJECTS, Unit.FIRMS, Unit.TONNE_PER_DAY])


def texts(words: str) -> Texts:
    clean = " ".join(words.split()) or "x"
    return Texts({"zh": clean, "en": clean})


@st.composite
def figures(draw: st.DrawFn, name: str, unit: Unit) -> Figure:
    is_date = unit is Unit.DATE
    value = draw(PERIODS.filter(lambda each: each.start is not None)) if is_date else draw(NUMBERS)
    baseline = None
    if not is_date and draw(st.booleans()):
        baseline = Baseline(value=draw(st.none() | NUMBERS), period=draw(PERIODS))
    return Figure(
        id=name,
        label=texts(draw(LABELS)),
        unit=unit,
        value=value,
        qualifier=draw(st.sampled_from(Qualifier)),
        status=draw(st.sampled_from(Status)),
        period=draw(PERIODS),
        baseline=baseline,
        source=texts("s"),
    )


@st.composite
def stories(draw: st.DrawFn) -> StoryFile:
    form = draw(st.sampled_from(GraphicForm))
    unit = draw(UNITS)
    kinds = [
        draw(st.sampled_from([unit, Unit.DATE])) if form is GraphicForm.DATES else unit
        for _ in range(draw(st.integers(1, 5)))
    ]
    drawn = [draw(figures(f"f{at}", kind)) for at, kind in enumerate(kinds)]
    if form in {GraphicForm.PART, GraphicForm.PARTS}:
        drawn = [each.model_copy(update={"period": drawn[0].period}) for each in drawn]
    ids, whole = [each.id for each in drawn], None
    groups: tuple[GraphicGroup, ...] = ()
    if form is GraphicForm.PART:
        drawn, ids, whole = drawn[:2], ids[:1], ids[-1]
    elif form is GraphicForm.STATUSES and draw(st.booleans()):
        groups = (GraphicGroup(label=texts(draw(LABELS)), figures=tuple(ids[:2])),)
        groups += (GraphicGroup(label=drawn[-1].label, figures=tuple(ids[2:])),) if ids[2:] else ()
        ids = []
    graphic = Graphic(
        id="g",
        form=form,
        title=texts(draw(LABELS)),
        figures=tuple(ids),
        groups=groups,
        whole=whole,
        note=draw(st.none() | LABELS.map(texts)),
    )
    return StoryFile(town="east", themes=("t",), figures=tuple(drawn), graphics=(graphic,))


def check(drawing: Drawing) -> None:
    boxes = []
    for shape in drawing.shapes:
        if isinstance(shape, Text):
            width = text_width(shape.words, shape.size, shape.weight)
            left = shape.x - (width if shape.anchor == "end" else 0)
            box = (left, shape.y - shape.size * 0.8, left + width, shape.y + shape.size * 0.2)
            boxes.append((box, shape.words))
        elif isinstance(shape, Rect):
            box = (shape.x, shape.y, shape.x + shape.width, shape.y + shape.height)
        else:
            assert isinstance(shape, Stroke)
            points = [point for line in shape.lines for point in line]
            box = (*map(min, zip(*points, strict=True)), *map(max, zip(*points, strict=True)))
        assert box[0] >= -0.1, shape
        assert box[1] >= -0.1, shape
        assert box[2] <= drawing.width + 0.1, shape
        assert box[3] <= drawing.height + 0.1, shape
    for at, (one, words) in enumerate(boxes):
        for other, more in boxes[:at]:
            apart = (
                one[2] <= other[0] + 0.5 or other[2] <= one[0] + 0.5
                or one[3] <= other[1] + 0.5 or other[3] <= one[1] + 0.5
            )  # fmt: skip
            assert apart, (words, more)


@pytest.mark.parametrize("lang", LANGUAGES)
@settings(max_examples=25, deadline=None)
@given(stories())
def test_an_accepted_graphic(lang: str, story: StoryFile) -> None:
    assume(not list(graphic_faults(story, YamlSource("east.yaml"))))
    wording, graphic = Wording(lang, ["zh", "en"]), story.graphics[0]
    for width in (280, 560):
        check(draw(graphic, story.figures, wording, width))
    words = graphic_words(graphic, story.figures, wording)
    rows = graphic_rows(graphic, story.figures, wording)
    assert [row.figure for row in rows] == list(graphic.drawn)
    for figure in story.figures:
        assert qualified_text(figure, wording) in words
        if figure.qualifier is Qualifier.EXACT:
            assert number_text(figure, wording) in words
    svg = inline_graphic(graphic, story.figures, wording)
    tree = ET.fromstring(svg)  # our own
    assert {each.tag.rpartition("}")[2] for each in tree.iter()} <= {
        "div", "svg", "title", "desc", "rect", "path", "text",
    }  # fmt: skip
    imprint = Imprint(HOSTILE, HOSTILE, "https://example.org/?a=1&b=2", "x" * 200)
    whole = standalone_graphic(graphic, story.figures, wording, imprint, colour="#FFFF00")
    root = ET.fromstring(whole)
    assert "https://example.org/?a=1&b=2" in "".join(root.itertext())
    assert "class=" not in whole
    assert "var(" not in whole


@pytest.mark.parametrize("lang", LANGUAGES)
@settings(max_examples=20, deadline=None)
@given(st.data())
def test_dates_in_groups(lang: str, data: st.DataObject) -> None:
    """As the towns are in a graphic of several."""
    units = data.draw(st.lists(st.sampled_from([Unit.DATE, Unit.FIRMS]), min_size=2, max_size=6))
    drawn = [data.draw(figures(f"f{at}", unit)) for at, unit in enumerate(units)]
    part = data.draw(st.integers(1, len(drawn) - 1))
    groups = tuple(
        GraphicGroup(label=texts(data.draw(LABELS)), figures=tuple(each.id for each in members))
        for members in (drawn[:part], drawn[part:])
    )
    graphic = Graphic(id="g", form=GraphicForm.DATES, title=texts("t"), groups=groups)
    wording = Wording(lang, ["zh", "en"])
    for width in (280, 560):
        check(draw(graphic, drawn, wording, width))
    ET.fromstring(inline_graphic(graphic, drawn, wording))


@pytest.mark.parametrize("lang", LANGUAGES)
@settings(max_examples=20, deadline=None)
@given(st.data())
def test_any_figure_has_a_graphic(lang: str, data: st.DataObject) -> None:
    unit = data.draw(st.one_of(UNITS, st.just(Unit.DATE)))
    figure = data.draw(figures("f", unit))
    wording, graphic = Wording(lang, ["zh", "en"]), figure_graphic(figure)
    for width in (280, 560):
        check(draw(graphic, [figure], wording, width))
    ET.fromstring(inline_graphic(graphic, [figure], wording))
