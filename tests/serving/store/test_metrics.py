"""What the map is told of metrics."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

from geo.files.boundary_sets import are_kept
from geo.map.metric_file import metric_addresses
from serving.map_content import map_content
from serving.session import PageSession
from serving.store.metrics import map_metrics, size_of
from serving.store.snapshot import SnapshotStore
from stories.metrics import Reason, metric_series
from stories.model.metric import Metric
from tests.support.metrics import atlas_of, division, metric, series_of, value

if TYPE_CHECKING:
    from pathlib import Path

    from geo.map.metric_file import MapMetric
    from serving.store.snapshot import Snapshot

AREA = Metric.model_validate(
    {
        "id": "density",
        "label": {"en": "Density"},
        "unit": {"en": "per sq km"},
        "kind": "density",
        "decimals": 1,
        "computed": {"per_km2": "wells"},
    }
)


def told(*values: object, towns: tuple[Any, ...]) -> dict[str, MapMetric]:
    atlas = atlas_of(metric(), AREA, values=values)  # type: ignore[arg-type]
    found = map_metrics(atlas, metric_series(atlas, {each.slug: each for each in towns}))
    return {each.id: each for each in found}


def test_a_value_is_said_with_everything_that_goes_with_it() -> None:
    towns = division("east"), division("west", boundary_status="reconstructed")
    metrics = told(
        value("east", "2023", 30, qualifier="about", status="forecast"),
        value("west", "2023", 12),
        towns=towns,
    )
    [wells] = metrics["wells"].periods
    assert metrics["wells"].labels == {"en": "Wells: "}
    assert wells.names == {"en": "2023"}
    assert wells.cells["east"].words == {"en": "about 30 wells (forecast)"}
    assert wells.cells["east"].is_uncertain
    assert not wells.cells["west"].is_uncertain
    assert wells.cells["west"].marks == {"en": ""}
    [density] = metrics["density"].periods
    assert density.cells["west"].words == {"en": "1.2 per sq km"}
    assert density.cells["west"].is_uncertain
    assert density.cells["west"].marks["en"].count(" · ") == 1  # computed, and on what


def test_sizes_are_parts_of_the_largest_value_of_any_period() -> None:
    metrics = told(
        value("east", "2022", 10), value("east", "2023", 40), value("west", "2023", 0),
        towns=(division("east"), division("west")),
    )  # fmt: skip
    first, last = metrics["wells"].periods
    assert (first.cells["east"].size, last.cells["east"].size) == (0.25, 1)
    assert last.cells["west"].size == 0
    assert last.cells["west"].index == 0  # none is a value, too
    assert "west" not in first.cells
    assert metrics["wells"].drawn == "circle"
    assert metrics["density"].drawn == "fill"


def test_numbers_below_nothing_are_no_circles() -> None:
    series = series_of({"2023": {"east": -3, "west": 2}})
    assert not series.is_circles
    assert series_of({"2023": {"east": 0, "west": 2}}).is_circles
    nothing = series_of({"2023": {"east": 0}})
    assert size_of(next(iter(nothing.at(nothing.latest).values())), nothing) == 0


def test_a_metric_without_values_is_nothing_for_the_map() -> None:
    assert told(towns=(division("east"),)) == {}


def drawn(snapshot: Snapshot, name: str) -> dict[str, Any]:
    assert snapshot.metrics
    content: dict[str, Any] = json.loads((snapshot.metrics / name).read_text(encoding="utf-8"))
    return content


def test_the_bundled_metrics_are_written_in_every_language(snapshot: Snapshot) -> None:
    for metric_id, series in snapshot.series.items():
        content = drawn(snapshot, f"metric.{metric_id}.json")
        assert [each["id"] for each in content["periods"]] == [str(p) for p in series.periods]
        for lang in snapshot.atlas.languages:
            said = drawn(snapshot, f"metric.{metric_id}.{lang}.json")
            for period, words in zip(series.periods, said["periods"], strict=True):
                cells = series.at(period)
                for slug, text in zip(content["slugs"], words["values"], strict=True):
                    assert text or slug not in cells


def test_what_is_uncertain_in_the_bundled_metrics_rests_on_a_reconstructed_boundary(
    snapshot: Snapshot,
) -> None:
    content = drawn(snapshot, "metric.density.json")
    last = content["periods"][-1]
    uncertain = {content["slugs"][i] for i in last["uncertain"]}
    cells = snapshot.series["density"].at(snapshot.series["density"].latest)
    assert uncertain == {slug for slug, cell in cells.items() if Reason.BOUNDARY in cell.uncertain}
    assert uncertain


def test_lost_files_are_written_again(tmp_path: Path) -> None:
    folder = tmp_path / "deqing"
    shutil.copytree("stories/data/deqing", folder)
    store = SnapshotStore(folder)
    before = store.current()
    assert before.metrics
    (before.metrics / "metric.density.json").unlink()
    after = store.current()
    assert after is not before
    assert after.metrics
    assert are_kept(after.metrics)


def test_a_state_carries_the_address_and_what_the_reader_chose(snapshot: Snapshot) -> None:
    params = {"metric": ["density"], "period": ["2020-06-30"], "lang": ["en"]}
    context = snapshot.view_of(params)
    address = metric_addresses(snapshot.metrics, lambda name, _folder: f"../{name}")
    state = PageSession().map_state(map_content(context, None, address), context.view)
    assert (state.metrics, state.metric, state.period) == (address, "density", "2020-06-30")
    assert "sq km" not in json.dumps(vars(state), default=str)
