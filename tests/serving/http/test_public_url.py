from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from serving.errors import SettingError
from serving.http.public_url import SETTING, PublicUrl

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.testclient import TestClient

Serve = "Callable[..., TestClient]"
PAGE = "?town=xinan&lang=en"
FORWARDED = {
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "news.example",
    "X-Forwarded-For": "198.51.100.7",
}


def canonical(client: TestClient, path: str = "/", **headers: str) -> str:
    text = client.get(f"{path}{PAGE}", headers=headers).text
    return text.partition('rel="canonical" href="')[2].partition('"')[0].replace("&amp;", "&")


@pytest.fixture
def behind_proxy(serve: Callable[..., TestClient]) -> Callable[[str], TestClient]:
    """Serve as uvicorn does, which believes the headers of a proxy on this machine."""

    def served(peer: str) -> TestClient:
        from starlette.testclient import TestClient

        plain = serve()
        app: Any = ProxyHeadersMiddleware(plain.app, trusted_hosts="127.0.0.1")  # type: ignore[arg-type]
        return TestClient(app, base_url="http://10.0.0.5:8501", client=(peer, 5000))

    return served


def test_the_address_is_the_one_asked_for(client: TestClient) -> None:
    assert canonical(client) == f"https://atlas.example/{PAGE}"
    assert canonical(client, Host="other.example:8443") == f"https://other.example:8443/{PAGE}"


@pytest.mark.parametrize("host", ['x"><script>', "a b", "evil/path", "", "user@evil.example"])
def test_a_host_that_is_none_is_not_repeated(client: TestClient, host: str) -> None:
    assert canonical(client, Host=host) == f"https://atlas.example:443/{PAGE}"


def test_a_trusted_proxy_says_how_it_was_asked(behind_proxy: Callable[[str], TestClient]) -> None:
    assert canonical(behind_proxy("127.0.0.1"), **FORWARDED) == f"https://news.example/{PAGE}"


def test_nobody_else_does(behind_proxy: Callable[[str], TestClient]) -> None:
    assert canonical(behind_proxy("203.0.113.9"), **FORWARDED) == f"http://10.0.0.5:8501/{PAGE}"


@pytest.mark.parametrize("base_path", ["map", "/map/", "maps/deqing"])
def test_a_base_path_stands_in_every_address(
    serve: Callable[..., TestClient], base_path: str
) -> None:
    client, prefix = serve(base_path), base_path.strip("/")
    assert canonical(client, f"/{prefix}/") == f"https://atlas.example/{prefix}/{PAGE}"
    for path in ("card/xinan.zh.png", "data/figures.csv", "robots.txt", "sitemap.xml"):
        assert client.get(f"/{prefix}/{path}").status_code == 200
    assert f"https://atlas.example/{prefix}/sitemap.xml" in client.get(f"/{prefix}/robots.txt").text


def test_the_setting_wins(
    serve: Callable[..., TestClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SETTING, "https://stories.example/deqing")
    client = serve(client=("127.0.0.1", 1))
    assert canonical(client, **FORWARDED) == f"https://stories.example/deqing/{PAGE}"


@pytest.mark.parametrize(
    "value",
    ["stories.example", "ftp://x.example", "https://x.example/?a=1", "https://u:p@x.example"],
)
def test_a_setting_that_is_no_address_is_refused(value: str) -> None:
    with pytest.raises(SettingError, match=SETTING):
        PublicUrl.from_setting({SETTING: value})


def test_an_own_address_is_known_and_no_other() -> None:
    base = PublicUrl("https://atlas.example/map/")
    assert base.query_of("https://atlas.example/map/?town=a") == "town=a"
    assert base.query_of("https://ATLAS.example/map") == ""
    for foreign in (
        "https://atlas.example/",
        "http://atlas.example/map/",
        "https://atlas.example.evil.example/map/",
        "javascript:alert(1)",
        "",
    ):
        assert base.query_of(foreign) is None


@pytest.mark.parametrize(
    ("said", "path"),
    [
        ("/stories", "/stories/"),
        ("/stories/", "/stories/"),
        ("/a/b", "/a/b/"),
        ("/a, /b", "/a/b/"),  # two proxies, the outer one first
        ("/%E5%BE%B7%E6%B8%85", "/%E5%BE%B7%E6%B8%85/"),
        ("/", "/"),
        ("//evil.example", "/"),
        ("/a//b", "/"),
        ("stories", "/"),
        ('/"><script>', "/"),
        ("/a?b=c", "/"),
        ("https://evil.example/", "/"),
    ],
)
def test_a_path_that_a_trusted_proxy_takes_away_stands_in_every_address(
    behind_proxy: Callable[[str], TestClient], said: str, path: str
) -> None:
    client, headers = behind_proxy("127.0.0.1"), {**FORWARDED, "X-Forwarded-Prefix": said}
    address = f"https://news.example{path}"
    answer = client.get(f"/{PAGE}", headers=headers)
    html = answer.text.replace("&amp;", "&")
    assert canonical(client, **headers) == f"{address}{PAGE}"
    for name in ("og:url", "og:image"):
        assert f'property="{name}" content="{address}' in html
    assert f'href="{address}data/stories.json"' in html
    assert "X-Forwarded-Prefix" in answer.headers["Vary"]
    asked = {"url": f"{address}{PAGE}"}
    embedded = client.get("/oembed", params=asked, headers=headers).json()
    assert f'src="{address}?town=xinan' in embedded["html"]
    assert embedded["thumbnail_url"] == f"{address}card/xinan.en.png"
    assert f"Sitemap: {address}sitemap.xml" in client.get("/robots.txt", headers=headers).text
    assert f"<loc>{address}" in client.get("/sitemap.xml", headers=headers).text


def test_nobody_else_names_a_path(behind_proxy: Callable[[str], TestClient]) -> None:
    headers = {**FORWARDED, "X-Forwarded-Prefix": "/evil"}
    assert canonical(behind_proxy("203.0.113.9"), **headers) == f"http://10.0.0.5:8501/{PAGE}"


def test_a_path_that_was_not_taken_away_stands_once(serve: Callable[..., TestClient]) -> None:
    client = serve("map", client=("127.0.0.1", 5000))
    for said, path in (("/map", "/map/"), ("/county", "/county/map/")):
        found = canonical(client, "/map/", **{"X-Forwarded-Prefix": said})
        assert found == f"https://atlas.example{path}{PAGE}"
