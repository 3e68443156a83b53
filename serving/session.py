"""What the server remembers of an open page, besides its address."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from secrets import token_hex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.map.protocol import Choice, MapState
    from serving.store.snapshot import Snapshot
    from stories.view.address import View
    from stories.view.context import ViewContext


@dataclass
class PageSession:
    """One open page: what it was drawn from, and what passed between it and its map."""

    id: str = field(default_factory=lambda: token_hex(4))
    """Tells the map of this page from that of an earlier one."""
    choice: Choice | None = None
    """The last that the map has sent."""
    _drawn_from: tuple[str, str] | None = None
    _sent: MapState | None = None

    def begin(self, context: ViewContext, snapshot: Snapshot) -> None:
        """Note that the whole page is drawn; its map may be a new one."""
        self._drawn_from, self._sent = (snapshot.load_id, context.lang), None

    def is_drawn_from(self, context: ViewContext, snapshot: Snapshot) -> bool:
        """Whether the page as a whole is of this snapshot, and in this language."""
        return self._drawn_from == (snapshot.load_id, context.lang)

    def map_state(self, content: MapState, view: View) -> MapState:
        """Return the state to send to the map: its content, with what the reader looks at."""
        state = replace(
            content,
            chosen=view.town,
            place=view.place,
            date=view.date,
            against=view.against,
            focus=view.town if view.tour else None,
            metric=view.metric,
            period=view.period,
            seq=self.choice.seq if self.choice else 0,
            session=self.id,
        )
        self._sent = state.to_send(self._sent, self.choice)
        return self._sent
