"""The route of the rows of a metric's table, where an atlas has very many divisions.

The page's script fetches them when a reader unfolds the table: ``table/<metric>.<lang>.json``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from serving.cache import snapshot_cache
from serving.responses import FRESH, Representation, missing
from stories.view.metric_table import metric_rows_json

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from serving.store.catalogue import Catalogue


class MetricTableRoute:
    """Answers with the rows of the metrics of the atlases that are shown.

    Parameters
    ----------
    catalogue
        The atlases.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def answer(self, request: Request) -> Response:
        """Answer a request; of several atlases each has its name before its files."""
        name = request.path_params.get("atlas")
        entry = self._catalogue.open(name)
        metric, _, lang = request.path_params["name"].rpartition(".")
        if entry is None or entry.name != name:
            return missing()
        snapshot = entry.snapshot
        if lang not in snapshot.atlas.languages:
            return missing()
        context = snapshot.view_of({"metric": [metric], "lang": [lang]}, entry=name)
        if context.period is None:
            return missing()

        def make() -> Representation:
            return Representation.of(metric_rows_json(context), "application/json")

        key = ("table", metric, lang)
        return snapshot_cache.get(snapshot, key, make).answer(request, FRESH)
