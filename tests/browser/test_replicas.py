"""Two replicas behind the nginx that we deploy: a reader outlives the one that is killed."""

from __future__ import annotations

import time
import urllib.request
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.support import nginx
from tests.support.servers import ROOT, Server, running_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

    from tests.support.story_page import StoryPage

    OpenAt = Callable[[str, str], StoryPage]

INTERRUPTION = 10.0
"""Seconds within which a reader whose replica died can go on, on a machine that is not busy."""


@dataclass(frozen=True)
class Cluster:
    address: str
    replicas: list[Server]
    opened: list[float] = field(default_factory=list)
    """Seconds that opening the page took, each time."""

    @property
    def patience(self) -> float:
        """Seconds for an interruption: on a busy machine, as long as opening the page takes."""
        return max([INTERRUPTION, *self.opened])

    def connected(self) -> list[int]:
        """How many established connections each replica has, by the kernel's own table."""
        ports = [urlsplit(replica.address).port or 0 for replica in self.replicas]
        table = Path("/proc/net/tcp").read_text(encoding="ascii")
        rows = [line.split() for line in table.splitlines()[1:]]
        served = [int(row[1].rpartition(":")[2], 16) for row in rows if row[3] == "01"]
        return [served.count(port) for port in ports]


def kill_the_readers_replica(cluster: Cluster) -> int:
    """Kill -9 the one that holds the websocket, and return the number of the other."""
    held = cluster.connected()
    doomed = held.index(max(held))
    cluster.replicas[doomed].process.kill()
    cluster.replicas[doomed].process.wait()
    return 1 - doomed


@pytest.fixture
def cluster(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Cluster]:
    """Two replicas, under a path where the test gives one."""
    if not nginx.installed():
        pytest.skip(nginx.HELP)
    path = getattr(request, "param", "")
    with ExitStack() as stack:
        replicas = [
            stack.enter_context(running_server(ROOT / "serve.py", base_path=path)) for _ in range(2)
        ]
        hosts = [urlsplit(replica.address).netloc for replica in replicas]
        yield Cluster(stack.enter_context(nginx.nginx(hosts, tmp_path, path)), replicas)


@pytest.fixture
def open_at(cluster: Cluster, visit: Callable[..., StoryPage]) -> Callable[[str, str], StoryPage]:
    """Open the cluster's page at a query, with a browser of some name."""

    def opened(query: str, agent: str) -> StoryPage:
        begin = time.monotonic()
        reader = visit(f"{cluster.address}/?{query}", user_agent=agent)
        reader.wait_for_map()
        cluster.opened.append(time.monotonic() - begin)
        return reader

    return opened


def what_is_shown(page: Page) -> dict[str, object]:
    """Everything that a reader could miss: the address, and what page and map show of it."""
    panel = page.locator("article.panel")
    frame = page.frame_locator("iframe[src*='st_folium']")
    return {
        "query": urlsplit(page.url).query,
        "heading": panel.locator("h2").inner_text(),
        "language": panel.get_attribute("lang"),
        "themes": page.locator(".themes [aria-pressed='true']").all_inner_texts(),
        "chosen": frame.locator("path.chosen").get_attribute("data-slug"),
        "faded": sorted(
            path.get_attribute("data-slug") or "" for path in frame.locator("path.faded").all()
        ),
    }


@pytest.mark.parametrize("cluster", ["", "map"], indirect=True)
def test_a_reader_goes_on_when_the_replica_is_killed(cluster: Cluster, open_at: OpenAt) -> None:
    query = "town=leidian&theme=environment&theme=talent&lang=en"
    reader = open_at(query, "reader")
    before = what_is_shown(reader.page)
    assert before["query"] == query
    assert before["faded"] == ["xinan"]

    killed = time.monotonic()
    with reader.page.expect_websocket(timeout=cluster.patience * 1000):
        survivor = kill_the_readers_replica(cluster)
    reader.page.locator("[data-test-connection-state=CONNECTED]").wait_for()
    expect(reader.chosen()).to_have_attribute("data-slug", "leidian")
    assert what_is_shown(reader.page) == before

    reader.press("xinan")
    expect(reader.panel).to_have_attribute("data-query", query.replace("leidian", "xinan"))
    interruption = time.monotonic() - killed
    expect(reader.chosen()).to_have_attribute("data-slug", "xinan")

    assert interruption < cluster.patience
    assert cluster.connected()[survivor] > 0
    after = what_is_shown(reader.page)
    assert after == before | {
        "query": query.replace("leidian", "xinan"),
        "heading": after["heading"],
        "chosen": "xinan",
    }


def test_a_click_while_the_line_is_cut_is_not_lost(cluster: Cluster, open_at: OpenAt) -> None:
    reader = open_at("town=leidian&lang=en", "reader")
    killed = time.monotonic()
    with reader.page.expect_websocket(timeout=cluster.patience * 1000):
        kill_the_readers_replica(cluster)
        reader.press("yuyue")
        expect(reader.chosen()).to_have_attribute("data-slug", "yuyue")
    expect(reader.panel).to_have_attribute("data-query", "town=yuyue&lang=en")
    assert time.monotonic() - killed < cluster.patience
    expect(reader.chosen()).to_have_attribute("data-slug", "yuyue")
    assert reader.query == {"town": ["yuyue"], "lang": ["en"]}


def test_a_new_reader_finds_the_replica_that_is_left(cluster: Cluster, open_at: OpenAt) -> None:
    cluster.replicas[0].process.kill()
    cluster.replicas[0].process.wait()
    for agent in ("one", "two", "three", "four"):  # some of them belong to the dead one
        reader = open_at("town=yuyue&lang=zh", agent)
        expect(reader.chosen()).to_have_attribute("data-slug", "yuyue")


class Named(BaseHTTPRequestHandler):
    """A replica that only says which one it is."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.send_header("X-Replica", str(self.connection.getsockname()[1]))
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def test_readers_are_spread_and_stay(tmp_path: Path) -> None:
    if not nginx.installed():
        pytest.skip(nginx.HELP)
    with ExitStack() as stack:
        replicas = [stack.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), Named)) for _ in "ab"]
        for replica in replicas:
            Thread(target=replica.serve_forever, daemon=True).start()
            stack.callback(replica.shutdown)
        hosts = [f"127.0.0.1:{replica.server_address[1]}" for replica in replicas]
        address = stack.enter_context(nginx.nginx(hosts, tmp_path))

        def answered_by(agent: int) -> set[str]:
            request = urllib.request.Request(address, headers={"User-Agent": f"reader {agent}"})
            seen = set()
            for _ in range(5):
                with urllib.request.urlopen(request, timeout=20) as answer:
                    seen.add(answer.headers["X-Replica"])
            return seen

        answers = [answered_by(agent) for agent in range(24)]
    assert all(len(each) == 1 for each in answers), "a reader was handed from one to another"
    assert len(set.union(*answers)) == 2, "one of the two has no readers"
