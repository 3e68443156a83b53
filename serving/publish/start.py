"""The first page of a site with several atlases."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from serving.http.head import icon
from serving.http.request import locale_tag
from serving.page_body import LAYOUT
from serving.publish.page import CSP
from serving.render import render
from stories.view.address import View
from stories.view.page_addresses import FolderAddresses

SHEET = LAYOUT.with_name("start.css")

if TYPE_CHECKING:
    from serving.http.public_url import PublicUrl
    from serving.publish.page import PageFiles
    from serving.start_page import StartPage


def start_html(start: StartPage, url: PublicUrl, files: PageFiles, root: str) -> str:
    """Draw the list of atlases in a language.

    Parameters
    ----------
    start
        The list.
    url
        Public address of the site.
    files
        What the pages share.
    root
        The way from the page to where the site begins.
    """
    cards = [
        replace(each, query=View(atlas=each.name, lang=each.lang).query()) for each in start.cards
    ]
    listed = replace(start, cards=tuple(cards)).html(FolderAddresses(root))
    meta = render("start_head.html", start=start, base=url, locale=locale_tag)
    return render(
        "site_start.html",
        start=start,
        csp=CSP,
        icon=icon(),
        meta=Markup(meta),  # noqa: S704  # escaped by its template
        files=files,
        root=root,
        sheet=Markup(SHEET.read_text(encoding="utf-8")),  # noqa: S704  # a file of ours
        body=Markup(listed),  # noqa: S704  # escaped by its template
    )
