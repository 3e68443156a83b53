"""What other programs read of a site: feed and manifest; and the page for wrong addresses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from serving.http.head import PageHead
from serving.render import render

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from serving.http.public_url import PublicUrl
    from serving.store.snapshot import Snapshot
    from stories.view.context import ViewContext


def feed_xml(context: ViewContext, snapshot: Snapshot, url: PublicUrl, updated: date) -> str:
    """Write the stories of an atlas in a language as a feed (Atom, RFC 4287).

    Parameters
    ----------
    context
        The overview in that language.
    snapshot
        Its atlas.
    url
        Public address of the site, for the pages of that atlas.
    updated
        The day of the edition.
    """
    pages = [
        PageHead(context.with_view(town=story.town), snapshot, url)
        for story in context.atlas.stories
    ]
    return render(
        "feed.xml",
        lang=context.lang,
        page=PageHead(context, snapshot, url),
        address=f"{url.url}feed/{url.folder}{context.lang}.xml",
        pages=pages,
        publisher=_publisher(context),
        updated=f"{updated.isoformat()}T00:00:00Z",
    )


def _publisher(context: ViewContext) -> str:
    source = context.atlas.source
    said = source.publisher or source.title
    return said.get(context.lang, context.order)


def manifest_json(context: ViewContext, root: str) -> str:
    """Write what a phone needs to put the site among its apps (Web App Manifest)."""
    title = context.atlas.title.get(context.lang, context.order)
    manifest: dict[str, Any] = {
        "name": title,
        "short_name": context.atlas.place.get(context.lang, context.order),
        "lang": context.lang,
        "dir": context.wording.direction,
        "start_url": root,
        "scope": root,
        "display": "minimal-ui",
        "background_color": "#fbfaf6",
        "theme_color": "#0b6257",
        "icons": [{"src": "icon.svg", "sizes": "any", "type": "image/svg+xml"}],
    }
    return json.dumps(manifest, ensure_ascii=False, indent=1)


def missing_html(contexts: Sequence[ViewContext], url: PublicUrl) -> str:
    """Draw the page for addresses that lead to none, in all languages of an atlas."""
    pages = [
        {
            "lang": each.lang,
            "direction": each.wording.direction,
            "words": each.wording.text("site.missing"),
            "title": each.atlas.title.get(each.lang, each.order),
            "address": url.canonical(None, each.lang),
        }
        for each in contexts
    ]
    return render("site_missing.html", pages=pages)
