"""Many readers at once: they come, read on at their own pace, and leave."""

from __future__ import annotations

import asyncio
import contextlib
import random
import statistics
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bench.load.process import cpu_seconds, memory_mb
from bench.load.session import NoAnswerError, Session

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

ARRIVALS = 8
"""How many readers open the page at the same moment."""
ACTIONS = {"click": 0.8, "filter": 0.15, "language": 0.05}
"""What a reader does next, and how often."""


@dataclass(frozen=True)
class Content:
    """What there is to choose: slugs of towns, ids of themes and tags of languages."""

    towns: Sequence[str]
    themes: Sequence[str]
    languages: Sequence[str]


@dataclass(frozen=True)
class Pace:
    """How a reader reads: seconds between two actions, for how long, and what comes next."""

    every: float
    lasting: float
    dice: random.Random


@dataclass
class Outcome:
    """What a crowd met, and what it cost the server."""

    readers: int
    held: int = 0
    """Sessions that still answered at the end."""
    seconds: list[float] = field(default_factory=list)
    """Of each answer: from the message to the new panel."""
    failed: int = 0
    cpu_share: float = 0.0
    """Processors that the server kept busy."""
    cpu_ms: float = 0.0
    """Processor time of the server per action, in ms."""
    idle_mb: float = 0.0
    """Resident memory per session that has the page open and does nothing."""
    busy_mb: float = 0.0
    """The same after the crowd's actions."""

    def quantile(self, percent: int) -> float:
        """Return a percentile of the answers in ms."""
        if len(self.seconds) < 2:  # noqa: PLR2004  # nothing to interpolate
            return float("nan")
        return statistics.quantiles(self.seconds, n=100)[percent - 1] * 1000


@contextlib.asynccontextmanager
async def crowd(address: str, readers: int, content: Content) -> AsyncIterator[list[Session]]:
    """Open the page for so many readers; they leave at the end."""
    gate = asyncio.Semaphore(ARRIVALS)
    query = f"lang={content.languages[0]}"

    async with contextlib.AsyncExitStack() as stack:

        async def arrive() -> Session:
            async with gate:
                session = await stack.enter_async_context(Session(address, query))
                await session.open()
                return session

        yield list(await asyncio.gather(*(arrive() for _ in range(readers))))


async def act(session: Session, content: Content, dice: random.Random) -> float:
    """Do one thing that changes the panel and return the seconds until it had."""
    (action,) = dice.choices(list(ACTIONS), list(ACTIONS.values()))
    match action:
        case "click":
            others = [town for town in content.towns if f"town={town}" not in session.query]
            return await session.click_town(dice.choice(others))
        case "filter":
            others = [theme for theme in content.themes if f"theme={theme}" not in session.query]
            return await session.filter_by(dice.choice(others))
        case _:
            others = [lang for lang in content.languages if f"lang={lang}" not in session.query]
            return await session.switch_language(others[0])


@dataclass(frozen=True)
class Server:
    """A server that is loaded: where it answers, and which process it is."""

    address: str
    pid: int


async def read_on(session: Session, content: Content, outcome: Outcome, pace: Pace) -> None:
    """Act at one's own pace from a moment of one's own on, whatever the answers take."""
    begin = time.perf_counter()
    due = begin + pace.dice.uniform(0, pace.every)
    while due < begin + pace.lasting:
        await asyncio.sleep(due - time.perf_counter())
        try:
            outcome.seconds.append(await act(session, content, pace.dice))
        except (NoAnswerError, TimeoutError, OSError):
            outcome.failed += 1
            return
        due = max(due + pace.every, time.perf_counter())
    outcome.held += 1


async def measure(
    server: Server, readers: int, content: Content, *, every: float, lasting: float
) -> Outcome:
    """Let a crowd read for `lasting` seconds, each acting once in `every`."""
    outcome, pid = Outcome(readers), server.pid
    empty = memory_mb(pid)
    async with crowd(server.address, readers, content) as sessions:
        outcome.idle_mb = (memory_mb(pid) - empty) / readers
        begin, used = time.perf_counter(), cpu_seconds(pid)
        paces = (Pace(every, lasting, random.Random(seed)) for seed in range(readers))
        reading = zip(sessions, paces, strict=True)
        await asyncio.gather(*(read_on(each, content, outcome, pace) for each, pace in reading))
        spent = cpu_seconds(pid) - used
        outcome.cpu_share = spent / (time.perf_counter() - begin)
        outcome.cpu_ms = spent / max(len(outcome.seconds), 1) * 1000
        outcome.busy_mb = (memory_mb(pid) - empty) / readers
    return outcome


async def come_and_go(address: str, visits: int, content: Content) -> None:
    """Let so many readers open the page, click once and leave, a few at a time."""
    for _ in range(0, visits, ARRIVALS):
        async with crowd(address, ARRIVALS, content) as sessions:
            await asyncio.gather(*(session.click_town(content.towns[0]) for session in sessions))
