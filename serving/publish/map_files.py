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

    def _places(self) -> str | None:
        return place_address(self._snapshot.places, self._serve)

    def state(self, context: ViewContext) -> dict[str, Any]:
        """Return what the map shows of the whole in a language."""
        metrics = metric_addresses(self._snapshot.metrics, self._serve)
        return {**vars(map_content(context, self._places(), metrics)), "session": "site"}

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield all that the map fetches."""
        for address in dict.fromkeys(filter(None, (*self._named(), self._places()))):
            path = address.partition("?")[0].removeprefix("../")
            folder = next(each for each in self._folders if path.startswith(f"{each}/"))
            yield path, (self._folders[folder] / path.removeprefix(f"{folder}/")).read_bytes()
        metrics = self._snapshot.metrics
        for file in sorted(metrics.iterdir()) if metrics else ():
            yield f"{self._folder}/metrics/{file.name}", file.read_bytes()

    def _named(self) -> Iterator[str]:
        """Yield the addresses of files in the map's settings."""
        settings = self.settings()
        dated = settings["dated"]
        assert isinstance(dated, dict)
        names = ("divisions", "county", "neighbours", "places", "changes")
        found = (*(settings[name] for name in names), *dated.values())
        yield from (str(each) for each in found if each)
