"""What a reader sends on: an address with its head, a code to scan, a frame to embed."""

from __future__ import annotations

import base64
import io
import json
import re
import urllib.error
import urllib.request
import zlib
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from tests.support.servers import ROOT, streamlit_server

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    from tests.support.story_page import StoryPage

PLAIN, FULL = "streamlit_app.py", "serve.py"
THREE_CENTIMETRES = round(3 / 2.54 * 96)
"""In CSS pixels."""
MOST_BYTES_PER_CLICK = 11_000
"""The story with its scenes, graphics and numbers takes most of it; Streamlit repeats the map."""
WORKSHOPS = "新安：订单排到5月，车间加紧开工"


@pytest.fixture(scope="module", params=[PLAIN, FULL])
def either(request: pytest.FixtureRequest, server: str, full: str) -> str:
    """The page as any host runs it, and with everything around it."""
    return server if request.param == PLAIN else full


def dialog(reader: StoryPage) -> Locator:
    return reader.page.get_by_role("dialog")


def open_dialog(reader: StoryPage) -> Locator:
    reader.wait_for_map()
    reader.page.get_by_role("button", name="分享").click()
    dialog(reader).locator("img.qr[src]").wait_for()
    return dialog(reader)


def get(address: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    request = urllib.request.Request(address, headers=headers)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.status, dict(answer.headers), answer.read()


def test_the_map_draws_and_answers_in_either_mode(
    visit: Callable[..., StoryPage], either: str
) -> None:
    reader = visit(f"{either}/?lang=zh")
    reader.wait_for_map()
    reader.press("xinan")
    expect(reader.heading).to_have_text(WORKSHOPS)
    expect(reader.chosen()).to_have_attribute("data-slug", "xinan")


def test_the_code_is_the_address_and_scans_at_three_centimetres(
    visit: Callable[..., StoryPage], either: str
) -> None:
    reader = visit(f"{either}/?town=xinan&theme=industry&lang=zh")
    code = open_dialog(reader).locator("img.qr")
    code.evaluate(f"image => image.parentElement.style.cssText = 'width:{THREE_CENTIMETRES}px;"
                  f"height:{THREE_CENTIMETRES}px;border-radius:0'")  # fmt: skip
    picture = Image.open(io.BytesIO(code.screenshot()))
    assert picture.width == THREE_CENTIMETRES
    (read,) = zxingcpp.read_barcodes(picture)
    assert read.text == f"{either}/?town=xinan&theme=industry&lang=zh"
    assert read.text == dialog(reader).get_by_label("网址").input_value()


def test_the_code_follows_the_choice(visit: Callable[..., StoryPage], full: str) -> None:
    reader = visit(f"{full}/?town=xinan&lang=zh")
    open_dialog(reader)
    reader.page.keyboard.press("Escape")
    reader.press("yuyue")
    expect(reader.heading).to_contain_text("禹越")
    code = open_dialog(reader).locator("img.qr")
    (read,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(code.screenshot())))
    assert read.text.endswith("/?town=yuyue&lang=zh")


def test_the_code_of_a_scene_leads_to_the_scene(
    visit: Callable[..., StoryPage], either: str, request: pytest.FixtureRequest
) -> None:
    """On paper it leads to the story, and so it does where no code of a scene is to be had."""
    story, scene = (f"{either}/?town=leidian{each}&lang=zh" for each in ("", "&scene=foundries"))
    reader = visit(scene, reduced_motion="reduce")
    reader.wait_for_map()
    reader.page.locator("article.panel[data-scene=foundries]").wait_for()
    # A mouse on its way to the button would scroll, and the reader be elsewhere.
    reader.page.get_by_role("button", name="分享").evaluate("button => button.click()")
    code = dialog(reader).locator("img.qr[src]")
    expect(dialog(reader).get_by_label("网址")).to_have_value(scene)
    leads = story if PLAIN in request.node.callspec.id else scene
    expect(code).to_have_attribute("alt", re.compile(f"{re.escape(leads)}$"))
    (read,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(code.screenshot())))
    assert read.text == leads
    paper = reader.panel.locator(".paper img").get_attribute("src") or ""
    printed = Image.open(io.BytesIO(base64.b64decode(paper.partition(",")[2])))
    (read,) = zxingcpp.read_barcodes(printed)
    assert read.text == story


def test_the_dialog_is_used_by_keyboard_alone(visit: Callable[..., StoryPage], full: str) -> None:
    reader = visit(f"{full}/?town=xinan&lang=zh", permissions=["clipboard-read", "clipboard-write"])
    reader.wait_for_map()
    button = reader.page.get_by_role("button", name="分享")
    button.focus()
    reader.page.keyboard.press("Enter")
    expect(dialog(reader)).to_be_visible()
    copy = dialog(reader).get_by_role("button", name="复制链接")
    copy.focus()
    reader.page.keyboard.press("Enter")
    expect(dialog(reader).locator("output")).to_have_text("已复制")
    copied = reader.page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{full}/?town=xinan&lang=zh"
    reader.page.keyboard.press("Escape")
    expect(dialog(reader)).to_be_hidden()
    expect(button).to_be_focused()


def test_the_systems_own_sharing_is_offered_where_there_is_one(
    visit: Callable[..., StoryPage], full: str
) -> None:
    reader = visit(f"{full}/?town=xinan&lang=zh")
    reader.wait_for_map()
    reader.page.evaluate(
        """() => {
          navigator.canShare = undefined;
          navigator.share = async (what) => { window.sharedByTest = what; };
        }"""
    )
    open_dialog(reader)
    system = dialog(reader).get_by_role("button", name="用其他应用分享…")
    expect(system).to_be_hidden()
    reader.page.keyboard.press("Escape")
    reader.page.evaluate("() => { navigator.canShare = () => true; }")
    open_dialog(reader)
    system.click()
    expect(dialog(reader)).to_be_hidden()
    shared = reader.page.evaluate("window.sharedByTest")
    assert shared["url"] == f"{full}/?town=xinan&lang=zh"
    assert shared["title"].startswith(WORKSHOPS)


def test_data_are_offered_where_the_server_has_them(
    visit: Callable[..., StoryPage], server: str, full: str
) -> None:
    reader = visit(f"{full}/?town=xinan&lang=zh")
    links = open_dialog(reader).get_by_role("link")
    expect(links).to_have_count(7)
    with reader.page.expect_download() as download:
        links.first.click()
    assert download.value.suggested_filename == "xinan.zh.md"
    assert download.value.path().read_text(encoding="utf-8").startswith(f"# {WORKSHOPS}")

    plain = visit(f"{server}/?town=xinan&lang=zh")
    expect(open_dialog(plain).get_by_role("link")).to_have_count(0)


def test_clicks_stay_small_and_the_dialog_needs_no_answer(
    visit: Callable[..., StoryPage], full: str
) -> None:
    reader = visit("about:blank")
    received: list[bytes] = []

    def note(frame: str | bytes) -> None:
        received.append(frame.encode() if isinstance(frame, str) else frame)

    reader.page.on("websocket", lambda socket: socket.on("framereceived", note))
    reader.page.goto(f"{full}/?town=xinan&lang=zh")
    reader.wait_for_map()
    idle = reader.page.locator("[data-testid=stApp][data-test-script-state=notRunning]")
    idle.wait_for()
    received.clear()
    reader.press("leidian")
    expect(reader.heading).to_contain_text("雷甸")
    idle.wait_for()
    assert 0 < len(zlib.compress(b"".join(received))) <= MOST_BYTES_PER_CLICK
    received.clear()
    open_dialog(reader)
    assert not received


# ---- embedding ----


def test_a_page_that_embeds_it_shows_map_and_story(
    visit: Callable[..., StoryPage], full: str, other_site: Callable[[str], str]
) -> None:
    reader = visit(f"{full}/?town=xinan&lang=zh")
    snippet = open_dialog(reader).get_by_label("放进其他网页的HTML代码：").input_value()
    assert snippet.startswith(f'<iframe src="{full}/?town=xinan&amp;lang=zh&amp;embed=true"')
    site = other_site(f"<!doctype html><body style='margin:0'>{snippet}")

    host = visit(site, viewport={"width": 480, "height": 720})

    assert_framed(host.page)


def test_oembed_gives_a_frame_that_works(
    visit: Callable[..., StoryPage], full: str, other_site: Callable[[str], str]
) -> None:
    story = quote(f"{full}/?town=xinan&lang=zh", safe="")
    _, _, body = get(f"{full}/oembed?url={story}&maxwidth=480&maxheight=600")
    site = other_site(f"<!doctype html><body style='margin:0'>{json.loads(body)['html']}")
    assert_framed(visit(site, viewport={"width": 480, "height": 720}).page)


def assert_framed(page: Page) -> None:
    """Use the framed map as its reader would."""
    frame = page.frame_locator("iframe")
    town_map = frame.frame_locator("iframe[src*='st_folium']")
    town_map.locator("body[data-ready]").wait_for()
    expect(frame.locator("article.panel h2")).to_have_text(WORKSHOPS)
    expect(frame.locator("header.stAppHeader button")).to_have_count(0)
    town_map.locator("path[data-slug=leidian]").click()
    expect(frame.locator("article.panel h2")).to_contain_text("雷甸")
    inside = next(each for each in page.frames if "embed=true" in each.url)
    wide = inside.evaluate(
        "[document.documentElement, document.querySelector('.stMain')].map("
        "(element) => element.scrollWidth - element.clientWidth)"
    )
    assert wide == [0, 0]
    assert inside.evaluate("innerWidth") == 480
    assert "town=leidian" in inside.url
    assert "embed=true" in inside.evaluate("location.search"), "a click left the frame's mode"


# ---- the address itself ----


def test_it_reads_without_javascript(visit: Callable[..., StoryPage], full: str) -> None:
    reader = visit(f"{full}/?town=xinan&lang=zh", java_script_enabled=False)
    page = reader.page
    expect(page.get_by_role("heading", name=WORKSHOPS)).to_be_visible()
    expect(page.locator(".value", has_text="突破1.3亿元（预计）")).to_be_visible()
    expect(page.locator(".source")).to_contain_text("来源：《德清：起势奔跑奋进新征程》")
    picture = page.get_by_role("img", name="德清县地图，标出新安镇")
    expect(picture).to_be_visible()
    page.get_by_role("link", name="雷甸镇").click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text("雷甸")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text("Leidian: seven foundries")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_served_head_is_the_one_of_the_address(full: str) -> None:
    status, headers, body = get(f"{full}/?town=yuyue&lang=en")
    html = body.decode()
    assert status == 200
    assert int(headers["content-length"]) == len(body)
    assert '<html lang="en" dir="ltr">' in html
    assert f'<meta property="og:image" content="{full}/card/yuyue.en.png" />' in html
    status, headers, picture = get(f"{full}/card/yuyue.en.png")
    assert Image.open(io.BytesIO(picture)).size == (1200, 630)
    with pytest.raises(urllib.error.HTTPError, match="304"):
        get(f"{full}/card/yuyue.en.png", **{"If-None-Match": headers["etag"]})


def test_a_proxy_on_this_machine_is_believed(full: str) -> None:
    asked = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "news.example"}
    html = get(f"{full}/?town=xinan&lang=en", **asked)[2].decode()
    assert '<link rel="canonical" href="https://news.example/?town=xinan&amp;lang=en" />' in html


def test_compressed_data_are_the_same_data(full: str) -> None:
    import gzip

    plain, packed = (
        get(f"{full}/data/stories.json", **{"Accept-Encoding": way}) for way in ("identity", "gzip")
    )
    assert packed[1]["content-encoding"] == "gzip"
    assert gzip.decompress(packed[2]) == plain[2]
    assert packed[1]["etag"] == plain[1]["etag"]


def test_everything_stands_under_a_base_path(visit: Callable[..., StoryPage]) -> None:
    with streamlit_server(ROOT / FULL, base_path="maps/deqing") as root:
        assert root.endswith("/maps/deqing")
        reader = visit(f"{root}/?town=xinan&lang=zh")
        code = open_dialog(reader).locator("img.qr")
        (read,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(code.screenshot())))
        assert read.text == f"{root}/?town=xinan&lang=zh"
        with reader.page.expect_download() as download:
            dialog(reader).get_by_role("link", name="全部数字（CSV）").click()
        assert download.value.path().read_bytes().startswith("\ufeff".encode())
        html = get(f"{root}/?town=xinan&lang=zh")[2].decode()
        (picture,) = re.findall(r'property="og:image" content="([^"]+)"', html)
        assert picture == f"{root}/card/xinan.zh.png"
        assert get(picture)[0] == 200
        assert f"{root}/sitemap.xml" in get(f"{root}/robots.txt")[2].decode()
