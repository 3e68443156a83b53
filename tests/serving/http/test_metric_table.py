"""The rows of a long table of a metric, as the page's script fetches them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from starlette.testclient import TestClient


def test_the_rows_of_a_metric_stand_in_the_order_of_ranks(client: TestClient) -> None:
    answer = client.get("/table/villages.en.json")
    assert answer.headers["content-type"].startswith("application/json")
    rows = answer.json()
    assert len(rows) == 13
    assert [len(cells) for _, _, cells in rows] == [6] * 13
    slug, name, cells = rows[0]
    assert (slug, name) == ("xinshi", "Xinshi Town")
    assert cells[-1][:3] == [23, "23", 1]


@pytest.mark.parametrize("name", ["gold.en", "villages.fr", "villages", ".en", "atlas/villages.en"])
def test_of_what_there_is_not_there_are_no_rows(client: TestClient, name: str) -> None:
    assert client.get(f"/table/{name}.json").status_code == 404
