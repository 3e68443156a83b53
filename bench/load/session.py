"""A reader without a browser: one session over Streamlit's own websocket protocol.

It sends what the browser sends (the state of every widget, the fragment that the widget
lies in, the address) and reads what the browser would draw, so the server works as for a
person; only the drawing is left out.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import time
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Self
from urllib.parse import parse_qs

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from streamlit.proto.Delta_pb2 import Delta
    from websockets.asyncio.client import ClientConnection

PATIENCE = 30.0
"""Seconds after which an answer counts as missing."""
MAP, CHOICES = "map", "share"  # the page's script that takes all other choices
_TRIGGER = "$$STREAMLIT_INTERNAL_KEY_{}__events"
"""What Streamlit calls the events of a component of the second version."""
_PANEL = re.compile(r'<article class="panel[^>]* data-query="([^"]*)"')


class NoAnswerError(Exception):
    """The server showed a fault, or hung up, instead of answering."""


@dataclass(frozen=True, slots=True)
class Widget:
    """A control that the page drew."""

    id: str
    fragment: str
    """Fragment that runs when it changes."""


@dataclass(slots=True)
class _Wait:
    """A panel that somebody waits for."""

    parameters: Mapping[str, list[str]]
    answer: asyncio.Future[float]


@dataclass
class Session:
    """One reader's connection.

    Parameters
    ----------
    address
        The server's, such as ``ws://127.0.0.1:8501``.
    query
        The page's address, kept as the browser keeps it.
    """

    address: str
    query: str = ""
    received: int = 0
    """Bytes that came from the server."""
    widgets: dict[str, Widget] = field(default_factory=dict)
    _map: WidgetState | None = None
    _socket: ClientConnection | None = None
    _listener: asyncio.Task[None] | None = None
    _wait: _Wait | None = None
    _drawn: asyncio.Event = field(default_factory=asyncio.Event)
    _page: str = ""
    _clicks: int = 0

    async def __aenter__(self) -> Self:
        """Connect; nothing is asked for yet."""
        self._socket = await connect(
            f"{self.address}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]  # it takes plain words
            compression=None,
            max_size=None,
            open_timeout=PATIENCE,
            ping_interval=None,
        )
        self._listener = asyncio.create_task(self._listen(self._socket))
        return self

    async def __aexit__(self, *_: object) -> None:
        """Leave, as a closed tab does."""
        assert self._socket
        assert self._listener
        await self._socket.close()
        self._listener.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._listener

    # ---- what a reader does: each returns the seconds until the panel answered ----

    async def open(self) -> float:
        """Load the page, with its map."""
        message = BackMsg()
        message.rerun_script.query_string = self.query
        seconds = await self._ask(message, {})
        async with asyncio.timeout(PATIENCE):
            await self._drawn.wait()
        return seconds

    async def click_town(self, town: str) -> float:
        """Choose a town on the map."""
        self._clicks += 1
        self._map = WidgetState(
            id=self.widgets[MAP].id, json_value=json.dumps({"town": town, "seq": self._clicks})
        )
        return await self._change(MAP, [self._map], {"town": [town]})

    async def filter_by(self, theme: str) -> float:
        """Show one theme alone."""
        return await self._choose({"themes": [theme]}, {"theme": [theme]})

    async def switch_language(self, lang: str) -> float:
        """Switch the page to a language."""
        return await self._choose({"lang": lang}, {"lang": [lang]})

    # ---- asking ----

    async def _choose(
        self, choice: Mapping[str, object], awaited: Mapping[str, list[str]]
    ) -> float:
        event = json.dumps([{"event": "choice", "value": choice}])
        identity = _TRIGGER.format(self.widgets[CHOICES].id)
        trigger = WidgetState(id=identity, json_trigger_value=event)
        states = [self._map, trigger] if self._map else [trigger]
        return await self._change(CHOICES, states, awaited)

    async def _change(
        self, key: str, states: Sequence[WidgetState], awaited: Mapping[str, list[str]]
    ) -> float:
        message = BackMsg()
        rerun = message.rerun_script
        rerun.query_string, rerun.page_script_hash = self.query, self._page
        rerun.fragment_id = self.widgets[key].fragment
        rerun.widget_states.widgets.extend(states)
        return await self._ask(message, awaited)

    async def _ask(self, message: BackMsg, awaited: Mapping[str, list[str]]) -> float:
        assert self._socket
        self._wait = _Wait(awaited, asyncio.get_running_loop().create_future())
        begin = time.perf_counter()
        async with asyncio.timeout(PATIENCE):
            await self._socket.send(message.SerializeToString())
            return await self._wait.answer - begin

    # ---- listening ----

    async def _listen(self, socket: ClientConnection) -> None:
        with contextlib.suppress(ConnectionClosed):
            async for raw in socket:
                assert isinstance(raw, bytes)
                self.received += len(raw)
                self._take(ForwardMsg.FromString(raw))
        if self._wait and not self._wait.answer.done():
            self._wait.answer.set_exception(NoAnswerError("the server hung up"))

    def _take(self, message: ForwardMsg) -> None:
        match message.WhichOneof("type"):
            case "new_session":
                self._page = message.new_session.page_script_hash
            case "page_info_changed":
                self.query = message.page_info_changed.query_string
            case "script_finished":
                self._drawn.set()
            case "delta":
                self._draw(message.delta)

    def _draw(self, delta: Delta) -> None:
        element = delta.new_element
        match element.WhichOneof("type"):
            case "component_instance":
                self.widgets[MAP] = Widget(element.component_instance.id, delta.fragment_id)
            case "bidi_component" if element.bidi_component.id.endswith(f"-{CHOICES}"):
                self.widgets[CHOICES] = Widget(element.bidi_component.id, delta.fragment_id)
            case "html":
                if found := _PANEL.match(element.html.body):
                    self._show(parse_qs(unescape(found[1])))
            case "exception" if self._wait and not self._wait.answer.done():
                self._wait.answer.set_exception(NoAnswerError(element.exception.message))

    def _show(self, parameters: Mapping[str, list[str]]) -> None:
        wait = self._wait
        if wait is None or wait.answer.done():
            return
        if all(parameters.get(key) == value for key, value in wait.parameters.items()):
            wait.answer.set_result(time.perf_counter())
