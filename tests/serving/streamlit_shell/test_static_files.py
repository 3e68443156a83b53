"""Streamlit's own files, as they are handed out."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit import file_util

from serving.streamlit_shell import static_files
from serving.streamlit_shell.chunks import ELEMENTS, chunks
from serving.streamlit_shell.static_files import KeepUnchanging

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

STATIC = Path(file_util.get_static_dir())
LARGEST = max((STATIC / "static" / "js").glob("*.js"), key=lambda file: file.stat().st_size)
ADDRESS = f"/static/js/{LARGEST.name}"
FOR_EVER = {"Cache-Control": "public, immutable, max-age=31536000"}


@pytest.mark.parametrize("base_path", ["", "map"])
def test_scripts_come_compressed_and_whole(
    serve: Callable[..., TestClient], base_path: str
) -> None:
    client = serve(base_path)
    address = f"/{base_path}{ADDRESS}".replace("//", "/")
    for _ in range(2):  # as Streamlit answers, and as it is kept
        packed = client.get(address, headers={"Accept-Encoding": "gzip"})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert int(packed.headers["Content-Length"]) < LARGEST.stat().st_size / 2
        plain = client.get(address, headers={"Accept-Encoding": "identity"})
        assert "Content-Encoding" not in plain.headers
        for answer in (packed, plain):
            assert answer.content == LARGEST.read_bytes()
            assert answer.headers["Vary"] == "Accept-Encoding"
            assert "immutable" in answer.headers["Cache-Control"]
            assert answer.headers["Content-Security-Policy"]
            assert answer.headers.get_list("X-Content-Type-Options") == ["nosniff"]
        etag = packed.headers["ETag"]
        assert client.get(address, headers={"If-None-Match": etag}).status_code == 304


def test_fonts_come_as_they_are(serve: Callable[..., TestClient]) -> None:
    font = next((STATIC / "static" / "media").glob("KaTeX*.woff2"))
    answer = serve().get(f"/static/media/{font.name}", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers
    assert answer.content == font.read_bytes()


def test_the_page_in_a_missing_files_place_is_not_kept(serve: Callable[..., TestClient]) -> None:
    for _ in range(2):
        answer = serve().get("/static/js/nothing.js")
        assert answer.headers["Cache-Control"] == "no-cache"
        assert answer.headers["Content-Type"].startswith("text/html")
    assert serve().get("/static/js/..%2f..%2findex.html").status_code in {400, 404}


def counted(asked: list[str], **headers: str) -> TestClient:
    def answer(request: Request) -> Response:
        asked.append(str(request.url))
        return Response("x" * 2_000, media_type="text/css", headers={**FOR_EVER, **headers})

    route = Route("/{path:path}", answer)
    return TestClient(Starlette(routes=[route], middleware=[Middleware(KeepUnchanging)]))


def test_what_never_changes_is_asked_for_once() -> None:
    asked: list[str] = []
    client = counted(asked)
    for address in ("/static/a.css", "/component/map/a.css?v=1", "/component/map/a.css?v=2"):
        assert {client.get(address).text for _ in range(3)} == {"x" * 2_000}
    assert len(asked) == 3
    for _ in range(3):
        client.get("/component/map/a.css")  # says no version, so it may change
        client.get("/data/a.css")
    assert len(asked) == 9


def test_what_differs_by_reader_is_not_kept() -> None:
    asked: list[str] = []
    client = counted(asked, Vary="Cookie")
    assert [client.get("/static/a.css").text for _ in range(2)] == ["x" * 2_000] * 2
    assert len(set(asked)) == 1
    assert len(asked) == 4


def test_no_flood_of_addresses_fills_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(static_files, "MOST_KEPT", 5_000)
    asked: list[str] = []
    client = counted(asked)
    for version in (1, 2, 3, 3, 1):
        client.get(f"/component/map/a.css?v={version}")
    assert [each[-1] for each in asked] == ["1", "2", "3", "1"]


def test_scripts_that_come_late_are_named_early(client: TestClient) -> None:
    page = client.get("/").text
    own = (STATIC / "index.html").read_text(encoding="utf-8")
    names = [address.rpartition("/")[2] for address in chunks()]
    assert {name.partition(".")[0] for name in names} >= set(ELEMENTS)
    assert not [name for name in names if name in own]
    for address in chunks():
        assert client.get(urljoin("/", address)).headers["Content-Type"].count("javascript")
        assert re.search(rf'rel="modulepreload"[^>]* href="{re.escape(address)}"', page)


def test_no_font_is_fetched_that_nothing_is_set_in(client: TestClient) -> None:
    assert 'as="font"' in (STATIC / "index.html").read_text(encoding="utf-8")
    assert 'as="font"' not in client.get("/").text


def test_pages_and_data_come_compressed(client: TestClient) -> None:
    for address in ("/?town=xinan&lang=zh", "/data/boundaries.geojson"):
        answer = client.get(address, headers={"Accept-Encoding": "gzip"})
        assert answer.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in answer.headers["Vary"]
        size = int(answer.headers["Content-Length"])
        assert len(gzip.compress(answer.content)) >= size * 0.9 > len(answer.content) / 20
