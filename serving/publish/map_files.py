"""The map's files in a published site, and its state in each language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.map.component import map_files
from geo.map.folium_map import map_settings
from geo.map.metric_file import metric_addresses
from geo.map.place_file import place_address
from serving.map_content import map_content
from serving.publish.bundles import MAP_SCRIPT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from serving.store.snapshot import Snapshot
    from stories.view.context import ViewContext

FOLDER = "map"
"""Begins the paths of the map's files."""


class MapFolder:
    """What the map of an atlas draws, by paths below the site.

    Parameters
    ----------
    snapshot
        The atlas.
    name
        Its name in addresses, where there are several.
    """

    def __init__(self, snapshot: Snapshot, name: str | None) -> None:
        self._folder = f"{FOLDER}/{name}" if name else FOLDER
        self._snapshot = snapshot
        self._folders: dict[str, Path] = {}

    def _serve(self, name: str, folder: Path) -> str:
        """Note a folder, and return its address as seen from the map's page (``app/map.html``)."""
        path = f"{self._folder}/{name.partition('_')[0]}"  # what follows is another at each start
        self._folders[path] = folder
        return f"../{path}"

    def settings(self) -> dict[str, object]:
        """Return what the map's script is told once."""
        snapshot = self._snapshot
        return map_settings(map_files(snapshot.boundaries, MAP_SCRIPT, self._serve, snapshot.dated))

    def state(self, context: ViewContext) -> dict[str, Any]:
        """Return what the map shows of the whole in a language."""
        snapshot = self._snapshot
        places = place_address(snapshot.places, self._serve)
        metrics = metric_addresses(snapshot.metrics, self._serve)
        return {**vars(map_content(context, places, metrics)), "session": "site"}

    def files(self, names: Iterator[str]) -> Iterator[tuple[str, bytes]]:
        """Yield the files that addresses name, as seen from the map's page."""
        for name in names:
            path = name.partition("?")[0].removeprefix("../")
            folder = next(each for each in self._folders if path.startswith(f"{each}/"))
            yield path, (self._folders[folder] / path.removeprefix(f"{folder}/")).read_bytes()

    def metric_files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the files with the metrics."""
        metrics = self._snapshot.metrics
        for file in sorted(metrics.iterdir()) if metrics else ():
            yield f"{self._folder}/metrics/{file.name}", file.read_bytes()
