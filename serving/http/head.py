"""What a page says of itself before any script runs: its head, and its words in ``noscript``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from markupsafe import Markup

from serving.card.draw import SIZE
from serving.http.preview import Preview, plain_view, shortened, special_preview
from serving.http.request import locale_tag
from serving.render import render
from serving.streamlit_shell.chunks import chunks
from serving.streamlit_shell.index_page import Place, fill
from serving.streamlit_shell.opening import opening_html
from stories.ui.page import ASSETS, ICON
from stories.view.media import hero_image
from stories.view.metric_bar import choice_entries, metric_bar_html
from stories.view.panel import panel_html, panel_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from serving.http.public_url import PublicUrl
    from serving.start_page import StartPage
    from serving.store.snapshot import Snapshot
    from stories.model.atlas import Texts
    from stories.view.context import ViewContext
    from stories.wording import Wording


@dataclass(frozen=True)
class PageHead:
    """A view, as the head has to describe it."""

    context: ViewContext
    snapshot: Snapshot
    base: PublicUrl
    early_files: Sequence[str] = ()
    """Addresses of what the map will need, relative to the page."""

    @property
    def town(self) -> str | None:
        """Slug of the town."""
        return self.context.view.town

    @property
    def headline(self) -> str:
        """Headline of the story, or the name of what is shown."""
        context = self.context
        story = context.atlas.story(self.town)
        if story:
            return story.text(context.lang, context.order).headline
        return context.town_name(self.town) if self.town else self._say(context.atlas.title)

    @property
    def description(self) -> str:
        """A sentence or two."""
        context = self.context
        story = context.atlas.story(self.town)
        if story:
            words = story.text(context.lang, context.order).lead
        elif self.town:
            words = context.wording.text("panel.no_story")
        else:
            words = self._say(context.atlas.intro)
        return shortened(words)

    @property
    def address(self) -> str:
        """The page's one address in this language."""
        return self.base.canonical(self.town, self.context.lang)

    @property
    def map_words(self) -> str:
        """What the preview picture shows, for those who do not see it."""
        place = self._say(self.context.atlas.place)
        if (hero := hero_image(self.context)) and hero["alt"].text:
            return str(hero["alt"].text)
        if self.town is None:
            return self.context.wording.text("share.map_of_county", place=place)
        name = self.context.town_name(self.town)
        return self.context.wording.text("share.map_of_town", place=place, town=name)

    @cached_property
    def preview(self) -> Preview:
        """What a link to the view is announced with: what of it the address asks for."""
        special = special_preview(self.context, self.base)
        return special or Preview(
            title=self.headline,
            description=self.description,
            picture=self.base.card(self.town, self.context.lang),
            size=SIZE,
            alt=self.map_words,
            view=plain_view(self.context),
        )

    @property
    def shared_address(self) -> str:
        """The address of what the preview is of.

        Where it is not the canonical one, sites that fetch what `og:url` names would else show the
        preview of the whole page.
        """
        return self.base.page(self.preview.view)

    @property
    def hero(self) -> dict[str, Any] | None:
        """The picture that the story opens with, which is fetched at once."""
        return hero_image(self.context)

    def linked_data(self) -> dict[str, Any]:
        """Describe the page in the words of schema.org."""
        about = {
            "@context": "https://schema.org",
            "url": self.address,
            "inLanguage": self.context.lang,
            "description": self.description,
            "image": {
                "@type": "ImageObject",
                "url": self.base.card(self.town, self.context.lang),
                "width": SIZE[0],
                "height": SIZE[1],
            },
        }
        if self.town is None:
            return about | self._collection()
        if self.context.atlas.story(self.town) is None:
            return about | {"@type": "WebPage", "name": self.headline, "about": self._place()}
        return about | self._article()

    def _article(self) -> dict[str, Any]:
        source = self.context.atlas.source
        based_on = {"@type": "CreativeWork", "name": self._say(source.title)}
        if source.publisher:
            based_on["publisher"] = self._say(source.publisher)
        return {
            "@type": "Article",
            "headline": self.headline,
            "mainEntityOfPage": self.address,
            "contentLocation": self._place(),
            "isBasedOn": based_on,
            "isPartOf": {
                "@type": "WebSite",
                "name": self._say(self.context.atlas.title),
                "url": self.base.canonical(None, self.context.lang),
            },
        }

    def _collection(self) -> dict[str, Any]:
        context = self.context
        return {
            "@type": ["WebSite", "CollectionPage"],
            "name": self.headline,
            "contentLocation": {
                "@type": "AdministrativeArea",
                "name": self._say(context.atlas.place),
            },
            "hasPart": [
                {
                    "@type": "Article",
                    "headline": story.text(context.lang, context.order).headline,
                    "url": self.base.canonical(story.town, context.lang),
                }
                for story in context.atlas.stories
            ],
        }

    def _place(self) -> dict[str, Any]:
        assert self.town is not None
        lon, lat = self.snapshot.centre(self.town)
        return {
            "@type": "Place",
            "name": self.context.town_name(self.town),
            "geo": {"@type": "GeoCoordinates", "latitude": lat, "longitude": lon},
            "containedInPlace": {
                "@type": "AdministrativeArea",
                "name": self._say(self.context.atlas.place),
            },
        }

    def _say(self, texts: Texts) -> str:
        return texts.get(self.context.lang, self.context.order)


def rewrite(html: str, page: PageHead) -> str:
    """Put a page's own head and words into the HTML that every page starts from.

    Parameters
    ----------
    html
        Streamlit's ``index.html``.
    page
        What the address asks for.
    """
    # Both are escaped by their own templates.
    panel = Markup(panel_html(page.context))  # noqa: S704
    legend = Markup(metric_bar_html(page.context, static=True))  # noqa: S704
    choices = choice_entries(page.context)
    noscript = _part("noscript.html", page, panel=panel, legend=legend, choices=choices)
    head = _part("head.html", page)
    return _rewritten(html, page.context.wording, panel_title(page.context), noscript, head)


def head_meta(page: PageHead) -> str:
    """Return what search engines and other sites are told of a page, as HTML for its head."""
    return _part("head_meta.html", page)


def rewrite_start(html: str, start: StartPage, base: PublicUrl) -> str:
    """Put the head and the words of the list of atlases into that HTML."""
    noscript = f"<noscript>\n{start.html()}</noscript>"
    head = render("start_head.html", start=start, base=base, locale=locale_tag)
    return _rewritten(html, start.wording, start.title, noscript, head)


def _rewritten(html: str, wording: Wording, title: str, noscript: str, head: str) -> str:
    """Put language, title, words and head in their places; the last two are HTML."""
    words = {
        Place.LANGUAGE: Markup('<html lang="{}" dir="{}">').format(wording.lang, wording.direction),
        Place.TITLE: Markup("<title>{}</title>").format(title),
        Place.NOSCRIPT: noscript,
        Place.ICON: f'<link rel="icon" href="{icon()}" />',  # by this name Streamlit lets it be
        Place.FONT: "",  # Streamlit's own, which this page is not set in
        Place.HEAD_END: f"{head}\n{opening_html(wording.section('readable'))}\n</head>",
    }
    return fill(html, words)


@cache
def icon() -> str:
    """Return the page's icon as an address, which is no further question to the server."""
    return f"data:image/svg+xml,{quote(Path(ICON).read_text(encoding='utf-8'))}"


@cache
def _graphics_sheet() -> Markup:
    """Return the sheet without which a drawing would stand there in both of its widths."""
    return Markup((ASSETS / "graphics.css").read_text(encoding="utf-8"))  # noqa: S704  # a file of ours


def _part(template: str, page: PageHead, **values: object) -> str:
    context = page.context
    return render(
        template,
        page=page,
        base=page.base,
        context=context,
        atlas=context.atlas,
        say=context.wording.text,
        size=SIZE,
        preview=page.preview,
        locale=locale_tag,
        chunks=chunks(),
        graphics_sheet=_graphics_sheet(),
        title=context.atlas.title.get(context.lang, context.order),
        **values,
    )
