"""Metrics beside the map: choice, legend, table, and the numbers of one division."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup, Tag

from stories.metrics import metric_series
from stories.model.history import BoundaryHistory
from stories.model.metric import Reorganisation
from stories.view import metric_table
from stories.view.context import ViewContext, read_address
from stories.view.metric_bar import metric_bar_html, metrics_html, scene_legend_html
from stories.view.panel import panel_html
from stories.view.scenes import cue_of
from stories.view.selection import change_of
from tests.support.metrics import atlas_of, division, metric, value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stories.model.atlas import Atlas
    from stories.model.division import Division
    from stories.model.metric import MetricValue

TOWNS = {
    "east": division("east", names={"en": "<East>", "zh": "东镇"}),
    "west": division("west", boundary_status="reconstructed"),
    "north": division("north"),
    "south": division("south"),
}
VALUES: Mapping[str, Mapping[str, object]] = {
    "2021": {"east": 8, "west": 2, "north": 2},
    "2022": {"east": 9, "west": 3, "north": 2},
    "2023": {"east": 12, "west": 3, "north": 1, "south": 3},
}
DENSITY = metric(
    id="density",
    label={"en": "Wells per area", "zh": "井的密度"},
    unit={"en": "per sq km"},
    kind="density",
    decimals=1,
    source=None,
    computed={"per_km2": "wells"},
)
SPLIT = Reorganisation.model_validate(
    {"period": "2022-06", "divisions": ["north", "south"], "created": ["south"]}
)


def made(**keys: Any) -> Atlas:  # noqa: ANN401  # of a metric
    rows: list[MetricValue] = [
        value(slug, period, number)
        for period, numbers in VALUES.items()
        for slug, number in numbers.items()
    ]
    rows[0] = rows[0].model_copy(update={"qualifier": "about"})
    wells = metric(source={"en": "<A list>"}, **keys)
    atlas = atlas_of(wells, DENSITY, values=tuple(rows), languages=["en", "zh"])
    return atlas.model_copy(update={"reorganisations": (SPLIT,)})


def told_of(atlas: Atlas, deqing: Atlas) -> Atlas:
    """Give an atlas a story, without which there is no overview."""
    story = deqing.stories[0].model_copy(
        update={"town": "east", "themes": ("water",), "places": (), "scenes": (), "figures": ()}
    )
    return atlas.model_copy(update={"stories": (story,)})


def context(atlas: Atlas | None = None, **asked: str) -> ViewContext:
    atlas = atlas or made()
    params = {key: [each] for key, each in {"lang": "en", **asked}.items()}
    return read_address(atlas, TOWNS, params, metrics=metric_series(atlas, TOWNS))


def bar(here: ViewContext, *, static: bool = False) -> Tag:
    return one(BeautifulSoup(metric_bar_html(here, static=static), "html.parser"), ".metric-bar")


def panel(here: ViewContext) -> BeautifulSoup:
    return BeautifulSoup(panel_html(here), "html.parser")


def one(part: Tag, selector: str) -> Tag:
    found = part.select_one(selector)
    assert found is not None, selector
    return found


def words(part: Tag) -> str:
    return " ".join(part.get_text(" ").split())


def test_an_atlas_without_metrics_shows_nothing_of_them(deqing: Atlas) -> None:
    atlas = deqing.model_copy(update={"metrics": (), "metric_values": ()})
    towns = {each.town: division(each.town) for each in atlas.stories} | {"wukang": TOWNS["west"]}
    for town in ("leidian", "wukang", None):
        asked = {"town": [town]} if town else {}
        here = read_address(atlas, towns, asked, metrics=metric_series(atlas, towns))
        assert metrics_html(here) == metric_bar_html(here) == ""
        assert "metric" not in panel_html(here)


def test_the_choice_begins_with_the_theme_colours_and_keeps_the_view() -> None:
    here = context(town="east", metric="wells", period="2022")
    links = BeautifulSoup(metrics_html(here), "html.parser").select("a")
    assert [link["data-metric"] for link in links] == ["", "wells", "density"]
    assert [link["href"] for link in links] == [
        "?town=east&lang=en",
        "?town=east&metric=wells&lang=en",
        "?town=east&metric=density&lang=en",
    ]
    assert [link.has_attr("aria-current") for link in links] == [False, True, False]


def test_links_to_towns_keep_the_metric_and_its_period() -> None:
    here = context(metric="wells", period="2022")
    assert here.address_of("west") == "?town=west&metric=wells&period=2022&lang=en"


def test_the_legend_counts_each_class_in_every_period_on_one_scale() -> None:
    legend = bar(context(made(classes={"by": "given", "edges": [3, 9]}), metric="wells"))
    assert words(one(legend, ".what")) == "Wells 2023 half circles, in proportion"
    assert one(legend, ".what .scale").has_attr("hidden")  # as large as on the map
    buttons = legend.select("button[data-class]")
    assert [words(button) for button in buttons] == ["up to 2", "3–8", "9 or more", "No data"]
    counts = [json.loads(str(cell["data-counts"])) for cell in legend.select("td")]
    assert counts == [
        ["2", "1", "1"],
        ["1", "1", "2"],
        ["0", "1", "1"],
        ["1", "1", "0"],  # no value
        ["1", "0", "0"],  # uncertain: about 8
    ]
    assert [words(cell) for cell in legend.select("td")] == ["1", "2", "1", "0", "0"]


def test_what_the_map_of_a_time_has_not_lacks_no_value() -> None:
    then = {slug: TOWNS[slug] for slug in ("east", "west", "north")}

    def legend(since: str, latest: str) -> Tag:
        history = BoundaryHistory((since, latest), {since: then, latest: TOWNS})
        return bar(replace(context(made(), metric="wells"), history=history))

    assert "No data" not in words(legend("2021-06-30", "2023-06-30"))
    cells = legend("2020-06-30", "2021-06-30").select("td")  # all periods are on the latest
    assert ["1", "1", "0"] in [json.loads(str(cell["data-counts"])) for cell in cells]


def test_circles_grow_with_the_root_of_what_they_stand_for() -> None:
    legend = bar(context(made(classes={"by": "given", "edges": [3, 9]}), metric="wells"))
    parts = [float(str(each["style"]).split("--part:")[1]) for each in legend.select("i.circle")]
    assert parts[2] == 1
    assert parts[1] == pytest.approx((8 / 12) ** 0.5, abs=0.0001)


def test_no_circle_of_a_legend_is_larger_than_any_on_the_map() -> None:
    legend = bar(context(made(classes={"by": "given", "edges": [3, 9, 90]}), metric="wells"))
    last = legend.select("i.circle")[-1]
    assert float(str(last["style"]).split("--part:")[1]) == 1


def test_a_value_on_the_way_to_a_class_of_one_number_is_written_once() -> None:
    ranges = [words(each) for each in bar(context(metric="density")).select("th button")]
    assert all(ranges)
    assert all("–" not in each or each.split("–")[0] != each.split("–")[1] for each in ranges)


def test_the_slider_is_there_for_several_periods_alone() -> None:
    slider = one(bar(context(metric="wells", period="2022")), "input")
    assert (slider["max"], slider["value"], slider["aria-valuetext"]) == ("2", "1", "2022")
    single = atlas_of(metric(), values=(value("east", "2023", 3),))
    legend = bar(context(single, metric="wells"))
    assert legend.select("input") == []


def test_without_a_script_links_lead_to_the_periods_and_a_still_map_stands_there() -> None:
    legend = bar(context(town="east", metric="wells", period="2022"), static=True)
    assert legend.select("button, input") == []
    assert [link["href"] for link in legend.select(".periods a")] == [
        "?town=east&metric=wells&period=2021&lang=en",
        "?town=east&metric=wells&period=2023&lang=en",
    ]
    assert one(legend, "img")["src"] == "metric/wells.2022.png"


def test_the_table_is_in_the_order_of_ranks_and_last_is_what_has_none(deqing: Atlas) -> None:
    here = context(told_of(made(), deqing), metric="wells", period="2022")
    table = one(panel(here), ".metric-table")
    rows = [[words(cell) for cell in row.select("th, td")] for row in table.select("tbody tr")]
    assert rows == [
        ["<East>", "9", "1", "2022", ""],
        ["West", "3", "2", "2022", ""],
        ["North", "2", "3", "2022", ""],
        ["South", "No data", "", "2022", "No figure for this period."],
    ]
    cells = json.loads(str(one(table, "tbody tr")["data-cells"]))
    assert cells == [[8, "about 8", 1, ""], [9, "9", 1, ""], [12, "12", 1, ""]]
    assert one(table, "tbody a")["data-town"] == "east"


def test_lower_may_be_better(deqing: Atlas) -> None:
    here = context(told_of(made(better="lower"), deqing), metric="wells")
    table = one(panel(here), ".metric-table")
    assert [words(row) for row in table.select("tbody th")] == ["North", "West", "South", "<East>"]
    assert [words(row.select("td")[1]) for row in table.select("tbody tr")] == ["1", "2", "2", "4"]
    assert "lowest" in words(one(table, ".note"))


def test_a_long_table_has_its_rows_fetched(deqing: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metric_table, "MANY", 3)
    here = context(told_of(made(), deqing), metric="wells", period="2022")
    table = one(panel(here), ".metric-table")
    assert table["data-rows"] == "table/wells.en.json"
    assert table.select("tbody tr") == []
    rows = json.loads(metric_table.metric_rows_json(here))
    assert [row[:2] for row in rows][:2] == [["east", "<East>"], ["west", "West"]]
    assert rows[0][2] == [[8, "about 8", 1, ""], [9, "9", 1, ""], [12, "12", 1, ""]]


def test_a_division_says_value_rank_total_and_change() -> None:
    entries = panel(context(town="east")).select(".metric-entry")
    assert [each["data-metric"] for each in entries] == ["wells", "density"]
    wells, density = entries
    assert words(one(wells, ".value")) == "12 wells"
    assert words(one(wells, ".place")) == "1st of 4 2023"
    assert words(one(wells, ".county")) == "Small County: 19 wells in all"
    assert words(one(wells, ".change")) == "2021 to 2023: up 4 wells"
    assert one(wells, ".line")["aria-label"] == (
        "Wells: 2021: 8 wells, 2022: 9 wells, and 2023: 12 wells"
    )
    assert words(one(wells, "details p")) == "Source: <A list>"
    assert words(one(density, ".value")) == "1.2 per sq km"
    assert words(one(density, ".mark")) == "our calculation"
    assert words(one(density, ".county")).startswith("Small County: 0.5 per sq km on average")
    assert "“Wells” divided by the area" in words(one(density, "details"))


def test_a_tie_is_said_and_so_is_a_reconstructed_boundary() -> None:
    wells, density = panel(context(town="west")).select(".metric-entry")
    assert words(one(wells, ".rank")) == "joint 2nd of 4"
    assert "rests on a reconstructed boundary" in words(one(density, ".mark"))


def test_beside_a_single_one_no_word_stands_in_the_plural() -> None:
    wells = panel(context(town="north")).select(".metric-entry")[0]
    assert words(one(wells, ".value")) == "1"


def test_across_a_reorganisation_nothing_is_compared_and_the_line_breaks() -> None:
    wells = panel(context(town="north")).select(".metric-entry")[0]
    change, parted = (words(each) for each in wells.select(".change"))
    assert change == "2022 to 2023: down 1"
    assert parted.startswith("The boundary changed (June 2022): figures before and after")
    assert len(wells.select(".line b")) == 3
    assert len(wells.select(".line i")) == 1


def test_what_is_unknown_is_said() -> None:
    here = context(town="south", metric="wells", period="2021")
    entry = panel(here).select(".metric-entry")[0]
    assert words(one(entry, ".value")) == "No data"
    assert words(one(entry, ".mark")) == "This division did not exist at the time."
    assert one(entry, ".rank").has_attr("hidden")
    said = json.loads(str(entry["data-cells"]))
    assert [each["value"] for each in said] == ["No data", "No data", "3 wells"]


def test_the_metric_that_the_map_shows_follows_its_period_and_the_others_are_latest() -> None:
    wells, density = panel(context(town="east", metric="wells", period="2021")).select(
        ".metric-entry"
    )
    assert words(one(wells, ".value")) == "about 8 wells"
    assert words(one(density, ".when")) == "2023"
    assert not density.has_attr("data-cells")


@pytest.mark.parametrize(
    ("choice", "change"),
    [
        ({"metric": "density"}, {"metric": "density"}),
        ({"metric": ""}, {"metric": None}),
        ({"metric": "gold"}, {"metric": None}),
        ({"metric": 7, "period": ["2021"]}, {}),
        ({"period": "2021"}, {"period": "2021"}),
        ({"period": "1066"}, {"period": None}),
        ({"metric": "density", "period": ""}, {"metric": "density", "period": None}),
        ({"metric": "", "period": "2021"}, {"metric": None}),
    ],
)
def test_what_a_browser_sends_is_believed_where_it_fits(
    choice: dict[str, object], change: dict[str, object]
) -> None:
    here = context(metric="wells", period="2022")
    assert change_of(here, choice) == change
    if "metric" in change and change["metric"] != "wells":
        assert here.view.changed(**change).period is None


def test_chinese_counts_its_places() -> None:
    entry = panel(context(town="east", lang="zh")).select(".metric-entry")[0]
    assert words(one(entry, ".rank")) == "第1位，共4个"


def test_a_percentage_changes_by_points() -> None:
    share = metric(kind="share", unit={"en": "%"}, decimals=1)
    atlas = atlas_of(share, values=(value("east", "2022", 4), value("east", "2023", "3.5")))
    entry = one(panel(context(atlas, town="east")), ".metric-entry")
    assert words(one(entry, ".value")) == "3.5%"
    assert words(one(entry, ".change")) == "2022 to 2023: down 0.5 percentage points"


def test_a_scene_says_which_metric_the_map_shows(told: Atlas) -> None:
    values = (value("leidian", "2022", 3), value("leidian", "2023", 4))
    atlas = told.model_copy(update={"metrics": (metric(),), "metric_values": values})
    towns: dict[str, Division] = {each.town: division(each.town) for each in atlas.stories}
    here = read_address(atlas, towns, {"lang": ["en"]}, metrics=metric_series(atlas, towns))
    story = atlas.stories[0]
    scene = story.scenes[0].model_copy(update={"metric": "wells"})
    cue = cue_of(here, story, scene)
    assert (cue["metric"], cue["period"]) == ("wells", None)
    assert cue["words"].endswith("It is coloured by data: Wells, 2023.")
    legend = BeautifulSoup(scene_legend_html(here, "wells", None), "html.parser")
    assert words(one(legend, ".brief .what")) == "Wells 2023 half circles, in proportion"
    assert not one(legend, ".what .scale").has_attr("hidden")
    assert [words(each) for each in legend.select("th span")][1:-1] == ["3", "4", "No data"]
    assert legend.select("a, button, input, img") == []
