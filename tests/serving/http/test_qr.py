"""The QR code of a link, as the share dialog asks for one."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING

import pytest
import zxingcpp
from PIL import Image

if TYPE_CHECKING:
    from starlette.testclient import TestClient

HOME = "https://atlas.example/"


def read(src: str) -> str:
    picture = Image.open(io.BytesIO(base64.b64decode(src.partition(",")[2])))
    (code,) = zxingcpp.read_barcodes(picture)
    return code.text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("town=leidian&scene=foundries&lang=en", "town=leidian&scene=foundries&lang=en"),
        ("lang=en&scene=foundries&town=leidian&utm=x", "town=leidian&scene=foundries&lang=en"),
        ("town=leidian&scene=nowhere&lang=zh", "town=leidian&lang=zh"),
        ("town=//evil.example&lang=en", "lang=en"),
        ("lang=en&lang=zh", "lang=en"),
    ],
)
def test_the_code_is_of_a_page_that_is_here(client: TestClient, asked: str, said: str) -> None:
    answer = client.get(f"{HOME}qr?{asked}")
    assert answer.status_code == 200
    assert answer.json()["link"] == f"{HOME}?{said}"
    assert read(answer.json()["src"]) == f"{HOME}?{said}"
