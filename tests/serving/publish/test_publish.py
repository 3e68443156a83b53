"""What a published site holds, and what its command says."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from serving.publish.addresses import paths_in
from serving.publish.site import PublishedSite
from serving.publish.site_url import SiteUrl
from tests.support.command import main
from tests.support.published import URL, edition, publish
from tests.support.spanish_atlas import write_spanish_atlas

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small one of every kind of thing; the browser's tests publish Deqing's."""
    return write_spanish_atlas(tmp_path_factory.mktemp("small") / "atlas")


@pytest.fixture(scope="module")
def files(atlas: Path) -> Mapping[str, bytes]:
    made: dict[str, bytes] = {}
    for path, body in PublishedSite(edition(atlas)).files():
        assert path not in made
        made[path] = body
    return made


def test_each_town_has_a_page_in_each_language(files: Mapping[str, bytes]) -> None:
    pages = [path for path in files if re.fullmatch(r"(es|pt)/([\w-]+/)?index\.html", path)]
    assert len(pages) == 2 * (1 + 3)
    assert "index.html" in files


def test_whatever_a_page_names_is_there(files: Mapping[str, bytes]) -> None:
    """No link leads nowhere: neither within the site nor in full."""
    missing = set()
    for page, body in files.items():
        if not page.endswith(".html") or page == "404.html":
            continue
        for path in paths_in(body.decode(), page, URL):
            below = path.strip("/")
            names = {below, f"{below}/index.html", "index.html" if below in {"", "."} else below}
            if not names & files.keys():
                missing.add((page, path))
    assert missing == set()


class _Head(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.alternate: dict[str, str] = {}
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "meta" and (name := given.get("property") or given.get("name")):
            self.found[name] = given.get("content", "")
        if tag == "link":
            self.found[given["rel"]] = given["href"]
            if "hreflang" in given:
                self.alternate[given["hreflang"]] = given["href"]
        if tag == "script" and "src" not in given and given.get("type", "").endswith("json"):
            self.scripts += 1


@pytest.mark.parametrize(("lang", "other"), [("es", "pt"), ("pt", "es")])
def test_a_page_says_what_it_is(files: Mapping[str, bytes], lang: str, other: str) -> None:
    head = _Head()
    head.feed(files[f"{lang}/soria/index.html"].decode())
    own = f"{URL}{lang}/soria/"
    assert head.found["canonical"] == head.found["og:url"] == own
    assert head.alternate[other] == f"{URL}{other}/soria/"
    picture = head.found["og:image"]
    assert picture.startswith(URL)
    assert files[picture.removeprefix(URL)].startswith(b"\x89PNG")
    oembed = [path for path in paths_in(files[f"{lang}/soria/index.html"].decode(),
              f"{lang}/soria/index.html", URL) if path.startswith("oembed/")]  # fmt: skip
    answer = json.loads(files[oembed[0]])
    assert f'src="{own}?embed=true"' in answer["html"]


def test_the_feed_and_the_map_of_the_site_name_its_pages(files: Mapping[str, bytes]) -> None:
    feed = ET.fromstring(files["feed/es.xml"])
    entries = feed.findall(f"{ATOM}entry")
    assert [each.findtext(f"{ATOM}id") for each in entries] == [
        f"{URL}es/{town}/" for town in ("soria", "segovia")
    ]
    assert all(each.findtext(f"{ATOM}title") for each in entries)
    assert feed.findtext(f"{ATOM}updated") == "2024-03-01T00:00:00Z"
    pages = ET.fromstring(files["sitemap.xml"])
    for each in pages.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc"):
        path = urlsplit(each.text or "").path.removeprefix("/map/")
        assert f"{path}index.html" in files


def test_no_page_names_another_host(files: Mapping[str, bytes]) -> None:
    for path, body in files.items():
        if path.endswith(".html"):
            hosts = set(re.findall(r"(?:src|href)=\"(https?://[^/\"]+)", body.decode()))
            assert hosts <= {"https://example.org"}, path


def test_the_same_input_gives_the_same_bytes(files: Mapping[str, bytes], atlas: Path) -> None:
    assert dict(PublishedSite(edition(atlas)).files()) == files
    assert "data/boundaries.gpkg" in files


@pytest.mark.parametrize(
    ("address", "query"),
    [
        (URL, ""),
        (f"{URL}en/", "lang=en"),
        (f"{URL}en/leidian/?theme=talent", "lang=en&town=leidian&theme=talent"),
        (f"{URL}en/leidian/more/", None),
        ("https://example.com/en/", None),
    ],
)
def test_an_address_of_the_site_is_a_view(address: str, query: str | None) -> None:
    assert SiteUrl(URL).query_of(address) == query


def test_several_atlases_have_a_page_before_them(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for name in ("first", "second"):
        write_spanish_atlas(tmp_path / "atlases" / name)
    publish(site, tmp_path / "atlases")
    start = (site / "index.html").read_text(encoding="utf-8")
    assert 'href="./first/es/"' in start
    assert (site / "second" / "pt" / "soria" / "index.html").is_file()
    assert (site / "pt" / "index.html").is_file()
    assert (site / "card" / "second" / "soria.pt.png").is_file()
    page = (site / "second" / "es" / "index.html").read_text(encoding="utf-8")
    assert 'data-root="../../"' in page


def test_the_command_publishes_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site, atlas = tmp_path / "site", write_spanish_atlas(tmp_path / "atlas")
    to = ["publish", str(atlas), "--to", str(site), "--url", "https://example.org/map"]
    to += ["--date", "2024-03-01"]
    assert main(to) == 0
    assert f"Read at {URL}" in capsys.readouterr().out
    assert main(to) == 0
    assert re.search(r" 0 files written, \d+ as before, 0 removed", capsys.readouterr().out)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--url", "example.org"], "write https://example.org/map/"),
        (["--url", "https://example.org/?x=1"], "is no address of a site"),
        (["nowhere", "--url", URL], "no atlas is here"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(["publish", *arguments, "--to", str(tmp_path / "site")]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "site").exists()


def test_an_atlas_with_faults_is_not_published(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    atlas = write_spanish_atlas(tmp_path / "atlas")
    file = atlas / "soria.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "\nnonsense: 1\n", encoding="utf-8")
    assert main(["publish", str(atlas), "--to", str(tmp_path / "site"), "--url", URL]) == 2
    said = capsys.readouterr().err
    assert "soria.yaml" in said
    assert "nonsense" in said
    assert not (tmp_path / "site").exists()
