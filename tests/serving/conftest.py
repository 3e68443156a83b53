"""The site as a client meets it, with Streamlit's own page behind it but no script running."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.web.server.starlette.starlette_static_routes import (
    create_streamlit_static_assets_routes,
)

from serving.http.routes import Site
from serving.store.catalogue import Catalogue
from serving.store.snapshot import load_snapshot
from stories.files.loader import read_atlas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from serving.store.snapshot import Snapshot

DEQING = Path(__file__).parents[2] / "stories" / "data" / "deqing"


def application(base_path: str = "", folder: Path = DEQING) -> Starlette:
    site = Site(Catalogue(folder, recheck_seconds=0), base_path)
    static = create_streamlit_static_assets_routes(base_path)
    return Starlette(
        routes=[*site.routes(), *static],
        middleware=site.middleware(),
        exception_handlers=site.exception_handlers(),
    )


@pytest.fixture(scope="session")
def snapshot() -> Snapshot:
    return load_snapshot(read_atlas(DEQING))


@pytest.fixture(scope="session")
def client() -> TestClient:
    return TestClient(application(), base_url="https://atlas.example")


@pytest.fixture
def serve() -> Callable[..., TestClient]:
    """Serve anew, with a base path or under settings that the test has made."""

    def served(base_path: str = "", folder: Path = DEQING, **options: object) -> TestClient:
        options = {"base_url": "https://atlas.example", **options}
        return TestClient(application(base_path, folder), **options)  # type: ignore[arg-type]

    return served


@pytest.fixture(scope="session")
def live() -> Iterator[str]:
    """Serve on a real port, for programs that are not this one."""
    config = uvicorn.Config(application(), port=0, log_level="error", ws="none")
    server = uvicorn.Server(config)
    started = threading.Event()
    startup = server.startup

    async def start(*args: object, **kwargs: object) -> None:
        await startup(*args, **kwargs)  # type: ignore[arg-type]
        started.set()

    server.startup = start  # type: ignore[method-assign]
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    assert started.wait(20)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)
