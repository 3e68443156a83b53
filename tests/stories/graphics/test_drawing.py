"""What a drawing shows of its figures: lengths, edges, fillings, groups and lanes."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from stories.graphics import figure_graphic, graphic_words, inline_graphic
from stories.graphics.calendar import Calendar
from stories.graphics.dates import lanes_of
from stories.graphics.draw import draw
from stories.graphics.marks import BarLook, bar
from stories.graphics.measure import text_width, wrap
from stories.graphics.shapes import Drawing, Paint, Rect, Stroke, Text
from stories.graphics.statuses import blocks_of
from stories.graphics.tones import PAPER, contrast, standalone_colours
from stories.model.atlas import (
    Figure,
    Graphic,
    Period,
    Qualifier,
    Status,
    Texts,
)
from stories.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stories.model.atlas import Atlas

ZH, EN = Wording("zh", ["zh"]), Wording("en", ["zh"])


def figure(name: str, value: object, unit: str = "CNY", **more: object) -> Figure:
    told = {"period": "2024", "source": {"zh": "s"}, "label": {"zh": name}, **more}
    return Figure.model_validate({"id": name, "unit": unit, "value": value, **told})


def graphic(form: str, *figures: str, **more: object) -> Graphic:
    title = {"zh": "图"}
    return Graphic.model_validate(
        {"id": "g", "form": form, "title": title, "figures": figures, **more}
    )


def words(drawing: Drawing) -> list[str]:
    return [shape.words for shape in drawing.shapes if isinstance(shape, Text)]


def rects(drawing: Drawing, paint: Paint = Paint.MARK) -> list[Rect]:
    return [each for each in drawing.shapes if isinstance(each, Rect) and each.paint is paint]


@pytest.mark.parametrize("width", [300, 560])
def test_bars_of_a_change_are_as_long_as_their_numbers(deqing: Atlas, width: int) -> None:
    story = deqing.story("leidian")
    assert story is not None
    drawing = draw(story.graphics[0], story.figures, ZH, width)
    after, before = rects(drawing), rects(drawing, Paint.SOFT)
    per_unit = before[0].width / 53
    assert [bar.width for bar in after] == pytest.approx([37 * per_unit, 48 * per_unit])
    assert before[1].width == pytest.approx(92 * per_unit)
    assert len({bar.x for bar in (*after, *before)}) == 1, "all begin at zero"
    assert "下降约30%（本图集计算）" in words(drawing)


def test_seven_of_seven_can_be_counted(deqing: Atlas) -> None:
    story = deqing.story("leidian")
    assert story is not None
    drawing = draw(story.graphics[1], story.figures, EN, 300)
    assert len(rects(drawing)) == 7
    assert "7 of 7 firms" in words(drawing)


def test_forty_are_signs_and_more_are_a_bar() -> None:
    whole = {count: figure("all", count, "firms") for count in (40, 41)}
    some = figure("some", 30, "firms")
    for count, marks in ((40, 30), (41, 1)):
        drawing = draw(graphic("part", "some", whole="all"), [some, whole[count]], ZH, 560)
        assert len(rects(drawing)) == marks
    (length,) = rects(draw(graphic("part", "some", whole="all"), [some, whole[41]], ZH, 560))
    assert length.width == pytest.approx((560 - 2) * 30 / 41)


def test_a_year_and_a_quarter_share_no_scale(deqing: Atlas) -> None:
    story = deqing.story("xinan")
    assert story is not None
    output = story.graphics[0]
    chosen = [figure for figure in story.figures if figure.id in output.drawn]
    assert [[each.id for each in block] for block in blocks_of(chosen)] == [
        ["shangfeng-output", "qianteng-output"],
        ["shangfeng-quarter", "qianteng-quarter"],
    ]
    drawn = words(draw(output, story.figures, ZH, 560))
    assert "各组条形的比例尺不同，不能互相比较长短。" in drawn
    assert {"全年", "2024年一季度", "乾腾新材料", "上丰机械", "预计", "目标", "据报道"} <= set(
        drawn
    )
    alone = draw(graphic("statuses", "qianteng-output", "shangfeng-output"), story.figures, ZH, 560)
    assert not any("比例尺" in line for line in words(alone))


def looks(qualifier: Qualifier, status: Status = Status.REPORTED) -> Sequence[object]:
    return list(bar(0, 100, 0, 18, BarLook(Paint.MARK, qualifier, status)))


def test_what_is_open_has_no_hard_edge() -> None:
    (exact,) = looks(Qualifier.EXACT)
    assert isinstance(exact, Rect)
    assert exact.x + exact.width == 100
    faint = [each.opacity for each in looks(Qualifier.ABOUT) if isinstance(each, Rect)]
    assert faint == sorted(faint, reverse=True)
    assert faint[-1] <= 0.1
    heads = [each for each in looks(Qualifier.OVER) if isinstance(each, Stroke)]
    assert min(x for each in heads for line in each.lines for x, _ in line) >= 100
    assert len(looks(Qualifier.AT_LEAST)) == len(looks(Qualifier.OVER)) + 1, "its mark, too"
    body, cap = looks(Qualifier.NEARLY)
    assert isinstance(body, Rect)
    assert isinstance(cap, Stroke)
    assert body.x + body.width < 100
    assert {x for x, _ in cap.lines[0]} == {100}
    most, edge, cap = looks(Qualifier.UP_TO)
    assert isinstance(most, Rect)
    assert most.paint is Paint.SOFT
    assert isinstance(edge, Stroke)
    assert edge.paint is Paint.MARK, "a faint fill alone would not be seen"


def test_no_two_qualifiers_and_no_two_statuses_look_the_same() -> None:
    drawn = [repr(looks(qualifier, status)) for qualifier in Qualifier for status in Status]
    assert len(set(drawn)) == len(drawn)
    for status in set(Status) - {Status.REPORTED}:
        assert not any(isinstance(each, Rect) for each in looks(Qualifier.EXACT, status))


def test_dates_stand_in_the_order_of_time_and_the_undated_last() -> None:
    later = figure("later", "2024-05", "date")
    unstated = figure("unstated", 3, "firms", period="unstated")
    fair = figure("fair", 10, "days", period="2024-02-19/2024-02-28")
    jobs = figure("jobs", 1800, "jobs", qualifier="over", period="2024-02-19/2024-02-28")
    figures = [unstated, later, fair, jobs]
    lanes = lanes_of(figures)
    assert [[each.id for each in members] for _, members in lanes] == [
        ["fair", "jobs"], ["later"], ["unstated"],
    ]  # fmt: skip
    said = words(draw(graphic("dates", *(each.id for each in figures)), figures, ZH, 560))
    assert "未注明时间" in said
    assert "jobs：1800多个岗位" in said


@pytest.mark.parametrize("lang", ["zh", "en", "ar", "ja"])
@pytest.mark.parametrize(
    "period", ["2024-02-19", "2024-02", "2024", "0001-01-01/9999-12-31", "1999-12-31/2000-01-01"]
)
def test_a_line_of_days_has_marks_with_room_between_them(lang: str, period: str) -> None:
    for width in (250, 540):
        calendar = Calendar.over([Period.of(period)], width)
        ticks = calendar.ticks(Wording(lang), 12)
        assert 1 <= len(ticks) <= width / 12
        for one, other in pairwise(ticks):
            assert one.x + text_width(one.words, 12) < other.x
        start, end = calendar.span(Period.of(period))
        assert 0 <= start < end <= width + 1e-6


def test_words_say_value_qualifier_status_period_baseline_and_change(deqing: Atlas) -> None:
    xinan, leidian = deqing.story("xinan"), deqing.story("leidian")
    assert xinan is not None
    assert leidian is not None
    said = graphic_words(xinan.graphics[0], xinan.figures, ZH)
    assert "上丰机械全年产值：突破1.3亿元（预计）；2024年。" in said
    said = graphic_words(leidian.graphics[0], leidian.figures, EN)
    assert said.startswith(
        "Average PM2.5 concentration — 37 µg/m³; no date given; compared with 53 µg/m³ "
        "(December 2023); down about 30% (our calculation)."
    )
    kangqian = deqing.story("kangqian")
    assert kangqian is not None
    said = graphic_words(kangqian.graphics[0], kangqian.figures, EN)
    assert "Investment teams, in all — 15 teams (our calculation); no date given." in said


def test_a_lone_number_without_reservation_gets_no_bar() -> None:
    exact, over = figure("a", 107, "people"), figure("a", 107, "people", qualifier="over")
    assert rects(draw(figure_graphic(exact), [exact], ZH, 300)) == []
    assert len(rects(draw(figure_graphic(over), [over], ZH, 300))) == 1


def test_a_drawing_is_mirrored_where_one_reads_from_right_to_left() -> None:
    figures = [figure("a", 5, "firms"), figure("b", 7, "firms")]
    left, right = (
        inline_graphic(graphic("parts", "a", "b"), figures, Wording(lang, ["zh"]))
        for lang in ("en", "ar")
    )
    assert 'direction="rtl"' in right
    assert 'direction="rtl"' not in left
    assert '<rect x="0"' in left
    assert '<rect x="280"' in right


def test_ids_differ_between_the_two_widths_and_with_a_prefix() -> None:
    one = [figure("a", 5, "firms")]
    svg = inline_graphic(figure_graphic(one[0]), one, ZH) + inline_graphic(
        figure_graphic(one[0]), one, ZH, prefix="again-"
    )
    ids = [part.partition('"')[0] for part in svg.split(' id="')[1:]]
    assert len(ids) == len(set(ids)) == 8


@pytest.mark.parametrize("colour", ["#FFFF00", "#FFFFFF", "#377049", "#1F8EF0"])
def test_marks_can_be_told_from_the_paper(colour: str) -> None:
    colours = standalone_colours(colour)
    assert contrast(colours[Paint.MARK], PAPER) >= 3
    assert contrast(colours[Paint.MUTED], PAPER) >= 4.5
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


def test_lines_break_where_one_may() -> None:
    assert wrap("招商队伍出发，也去找人才", 10, 63) == ["招商队伍出", "发，也去找人", "才"]
    assert wrap("one two three", 10, 45) == ["one two", "three"]
    assert wrap("x" * 30, 10, 65)[0] == "x" * 10
    assert wrap("一二三四五六", 10, 31, most=1) == ["一二…"]
    assert wrap("", 10, 30) == []


def test_texts_of_no_language_but_another_are_taken() -> None:
    label = Texts({"zh": "产值"})
    one = figure("a", 5, "firms").model_copy(update={"label": label})
    assert ">产值<" in inline_graphic(figure_graphic(one), [one], EN)
