"""No process of ours opens a connection to another machine, whatever it serves or reads."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from serving.command import story_atlas
from tests.support.outgoing import Recorder, recorder
from tests.support.servers import ROOT, free_port, wait_until_healthy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DEQING = ROOT / "stories" / "data" / "deqing"
SHAPES = ROOT / "geo" / "data" / "deqing" / "divisions.geojson"
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version": "13",
}


@pytest.fixture
def outgoing(tmp_path: Path) -> Iterator[Recorder]:
    with recorder(tmp_path) as recording:
        yield recording


def python(outgoing: Recorder, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env={**os.environ, **outgoing.env, **env},
        capture_output=True,
        text=True,
        check=False,
    )


# ---- the recorder itself ----------------------------------------------------------------

CALLS = {
    "through the proxy": "import urllib.request as u; u.urlopen('http://foreign.example/')",
    "past the proxy": "import socket; socket.create_connection(('192.0.2.1', 80), 0.01)",
    "a socket without a connection": (
        "import socket; socket.socket(type=socket.SOCK_DGRAM).connect(('192.0.2.1', 1))"
    ),
    "a name": "import socket; socket.getaddrinfo('foreign.example', 80)",
    "GDAL": "import pyogrio; pyogrio.read_info('/vsicurl/http://foreign.example/x.geojson')",
    "PROJ": (
        "from pyproj import Transformer as T;"
        "T.from_crs('EPSG:4267', 'EPSG:4269').transform(40, -100)"
    ),
    "Streamlit": "from streamlit import net_util as n; n.get_external_ip()",
}


@pytest.mark.parametrize("way", CALLS)
def test_the_recorder_sees_every_way_out(outgoing: Recorder, way: str) -> None:
    python(outgoing, "-c", CALLS[way])
    assert outgoing.seen()


def test_the_recorder_lets_this_machine_be(outgoing: Recorder) -> None:
    call = f"import socket; socket.create_connection(('127.0.0.1', {outgoing.port})).close()"
    assert python(outgoing, "-c", call).returncode == 0
    assert outgoing.seen() == []


# ---- servers ----------------------------------------------------------------------------


STRANGERS = ("https://stories.example", "http://192.0.2.7:8501", "null")


def open_sockets(address: str) -> list[str]:
    """Open web sockets from pages of other origins and of this; return the first word of answers.

    The strangers come first: of a plain script Streamlit runs nothing before its first reader.
    """
    host, answers = urlsplit(address).netloc, []
    for origin in (*STRANGERS, f"http://{host}"):
        line = http.client.HTTPConnection(host, timeout=60)
        line.request("GET", "/_stcore/stream", headers={**UPGRADE, "Origin": origin})
        answers.append(line.sock.recv(12).decode().partition(" ")[2])
        line.close()
    return answers


def ask_for_everything(address: str) -> None:
    """Ask as browsers do."""
    for path in (
        "/",
        "/?town=leidian&lang=en",
        "/card/en.png",
        "/data/boundaries.gpkg",
        "/nowhere",
    ):
        request = urllib.request.Request(f"{address}{path}", headers={"Accept-Language": "en"})
        try:
            urllib.request.urlopen(request, timeout=60).read()
        except urllib.error.HTTPError as error:
            error.close()


SERVERS = {
    "run": ["-m", "serving.command", "run", "--port"],
    "preview": ["-m", "serving.command", "preview", "--address", "0.0.0.0", "--port"],
    "serve.py": ["-m", "streamlit", "run", str(ROOT / "serve.py"), "--server.port"],
    "streamlit_app.py": ["-m", "streamlit", "run", str(ROOT / "streamlit_app.py"), "--server.port"],
}


@pytest.mark.parametrize("way", SERVERS)
def test_no_server_calls_out(outgoing: Recorder, way: str) -> None:
    """Streamlit asks for the machine's address where none is given, and for each strange origin."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, *SERVERS[way], str(port)],
        cwd=outgoing.log.parent,
        env={**os.environ, **outgoing.env},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until_healthy(address, process, [])
        assert open_sockets(address) == ["403", "403", "403", "101"]
        ask_for_everything(address)
    finally:
        process.terminate()
        said = process.communicate(timeout=60)[0]
    assert outgoing.seen() == []
    assert f"http://localhost:{port}" in said


# ---- commands, and files that name other places -------------------------------------------

POLYGON = (
    "<gml:Polygon><gml:outerBoundaryIs><gml:LinearRing><gml:coordinates>0,0 1,0 1,1 0,0"
    "</gml:coordinates></gml:LinearRing></gml:outerBoundaryIs></gml:Polygon>"
)
GML = """<?xml version="1.0"?>
<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs"
  xmlns:gml="http://www.opengis.net/gml" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://www.opengis.net/wfs
    {host}/wfs?SERVICE=WFS&amp;REQUEST=DescribeFeatureType">
  <gml:featureMember><t fid="1"><g>{polygon}</g></t></gml:featureMember>
</wfs:FeatureCollection>"""
POINT = '{"type":"Feature","properties":{"a":1},"geometry":{"type":"Point","coordinates":[1,2]}}'
FILES = {
    "service.xml": "<OGRWFSDataSource><URL>{host}/wfs</URL></OGRWFSDataSource>",
    "service.gml": "<OGRWFSDataSource><URL>{host}/wfs</URL></OGRWFSDataSource>",
    "schema.gml": GML,
    "remote.vrt": '<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/vsicurl/{host}/x.geojson'
    "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
    "plain.vrt": '<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>{host}/x.geojson'
    "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
    "linked.geojson": '{"type":"FeatureCollection","crs":{"type":"link","properties":'
    '{"href":"{host}/crs","type":"proj4"}},"features":[{point}]}',
    "steps.gdalg.json": '{"type":"gdal_streamed_alg","command_line":"gdal vector pipeline'
    ' ! read {host}/x.geojson"}',
    "link.kml": '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><NetworkLink><Link><href>'
    "{host}/x.kml</href></Link></NetworkLink></Document></kml>",
}


RUN = """
import contextlib, json, sys
from serving.command import story_atlas
for words in json.loads(sys.argv[1]):
    with contextlib.suppress(SystemExit):
        story_atlas(words)
"""
"""Runs one command after another in one process."""


@pytest.mark.parametrize("past_the_proxy", [False, True])
def test_a_file_that_names_another_place_is_not_followed_there(
    outgoing: Recorder, tmp_path: Path, *, past_the_proxy: bool
) -> None:
    """The other place is the recorder itself where the machine's settings pass the proxy by."""
    host = f"http://127.0.0.1:{outgoing.port}" if past_the_proxy else "http://foreign.example"
    for name, text in FILES.items():
        for word, value in (("{host}", host), ("{polygon}", POLYGON), ("{point}", POINT)):
            text = text.replace(word, value)  # noqa: PLW2901
        (tmp_path / name).write_text(text, encoding="utf-8")
    env = {"NO_PROXY": "*", "no_proxy": "*"} if past_the_proxy else {}
    words = [["inspect", str(tmp_path / name)] for name in FILES]
    done = python(outgoing, "-c", RUN, json.dumps(words), **env)
    assert outgoing.seen() == []
    assert "Traceback" not in done.stderr
    assert done.stderr.count("Error: ") + done.stdout.count("faults") >= len(FILES) // 2


def test_the_machines_settings_fetch_no_grids(outgoing: Recorder) -> None:
    words = "import geo.crs.projection; from pyproj import Transformer as T;"
    done = python(
        outgoing, "-c", words + "T.from_crs('EPSG:4267', 'EPSG:4269').transform(40, -100)"
    )
    assert done.returncode == 0
    assert outgoing.seen() == []


def test_no_command_calls_out(outgoing: Recorder, tmp_path: Path) -> None:
    folder = shutil.copytree(DEQING, tmp_path / "deqing")
    build = ["--code", "code", "--name", "name_zh"]
    words = {
        "check": [str(folder)],
        "inspect": [str(SHAPES)],
        "build": [str(SHAPES), "--out", str(tmp_path / "built.geojson"), *build],
        "check-boundaries": [str(SHAPES)],
        "new": [str(tmp_path / "new"), "--boundaries", str(SHAPES), "--", *build],
    }
    commands = [each for each in story_atlas.commands if each not in {"run", "preview"}]
    run = [[command, *words.get(command, ["--help"])] for command in commands]
    done = python(outgoing, "-c", RUN, json.dumps(run))
    assert outgoing.seen() == []
    assert "Error" not in done.stderr
    assert (tmp_path / "new" / "atlas.yaml").is_file()
