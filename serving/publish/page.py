"""A page of a published site: whole without a script, and what its script begins with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from serving.http.head import PageHead, head_meta, icon
from serving.page_body import page_body_html
from serving.render import render
from stories.view.panel import panel_title

if TYPE_CHECKING:
    from serving.http.public_url import PublicUrl
    from serving.store.snapshot import Snapshot
    from stories.view.context import ViewContext

ROOT = "./"
"""The way from the site's first page to where the site begins."""
CSP = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; script-src 'self';"
    " style-src 'self' 'unsafe-inline'; img-src 'self' data:; media-src 'self'; connect-src 'self';"
    " frame-src 'self'; manifest-src 'self'; worker-src 'self'"
)
"""What the pages may do; docs/operations.md says what each source is needed for."""


@dataclass(frozen=True)
class PageFiles:
    """Addresses of what all pages share, as paths below the site."""

    script: str
    sheet: str
    no_script_sheet: str
    map_page: str


def page_html(
    context: ViewContext, snapshot: Snapshot, url: PublicUrl, files: PageFiles, root: str
) -> str:
    """Draw the page of a town, or of the whole, in a language.

    Parameters
    ----------
    context
        The view; its addresses are those of the page's folder.
    snapshot
        Its atlas.
    url
        Public address of the site, for the pages of that atlas.
    files
        What the pages share.
    root
        The way from the page to where the site begins.
    """
    page = PageHead(context, snapshot, url)
    view = context.view
    atlas = f"{view.atlas}/" if view.atlas else ""
    start = {
        "atlas": view.atlas,
        "lang": context.lang,
        "town": view.town,
        "isRoot": root == ROOT,
        "languages": list(context.atlas.languages),
        "map": files.map_page,
    }
    still = render(
        "site_still.html",
        address=f"{root}still/{atlas}{view.town or 'index'}.svg",
        words=page.map_words,
    )
    return render(
        "site_page.html",
        lang=context.lang,
        direction=context.wording.direction,
        root=root,
        title=panel_title(context),
        csp=CSP,
        icon=icon(),
        meta=Markup(head_meta(page)),  # noqa: S704  # escaped by its template
        files=files,
        feed=f"{root}feed/{atlas}{context.lang}.xml",
        start=start,
        body=Markup(  # noqa: S704  # escaped by its templates
            page_body_html(context, still=still, start=f"{root}{context.lang}/" if atlas else None)
        ),
    )
