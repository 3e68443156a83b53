"""Pictures, sounds and films as HTML: in the text, at its head, and beside a scene.

Pure, as `stories.view.panel`. A file that cannot be shown is left out; the check has said so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from stories.model.media import MediaKind
from stories.model.media_marks import Mark, MarkKind
from stories.model.text import pick
from stories.view.render import render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from stories.model.atlas import Atlas, MediaFile, Medium, Story, Texts
    from stories.view.context import ViewContext

_COLUMN = "(max-width: 640px) 100vw, 45vw"
"""How wide pictures stand; `auto` would take a picture's own width until the sheet is there."""


class Said(NamedTuple):
    """Words, and their language where it is not the page's."""

    text: str
    lang: str | None


def placing(context: ViewContext, story: Story) -> Callable[[Mark], str]:
    """Return what draws the marks of a story's text."""

    def place(mark: Mark) -> str:
        if mark.fault():
            return ""
        shown = [each for each in mark.ids if (each and context.atlas.medium(each, story))]
        match mark.kind:
            case MarkKind.GALLERY:
                return gallery_html(context, story, shown)
            case MarkKind.COMPARE:
                return compare_html(context, story, shown)
            case _:
                return "".join(medium_html(context, story, each) for each in shown)

    return place


def medium_html(
    context: ViewContext, story: Story | None, medium_id: str, *, first: bool = False
) -> Markup:
    """Draw a picture, sound, film or link with what has to be said with it.

    Parameters
    ----------
    context, story
        Who reads what.
    medium_id
        Id of a medium of the story or the atlas.
    first
        Whether it stands where the page begins, so that it is fetched at once.
    """
    medium = context.atlas.medium(medium_id, story)
    about = _about(context, story, medium, first=first) if medium else None
    return _drawn("medium", context, medium=about) if about else Markup()


def gallery_html(context: ViewContext, story: Story, ids: Iterable[str]) -> Markup:
    """Draw pictures in a row that readers move along."""
    media = [each for each in (_picture(context, story, medium_id) for medium_id in ids) if each]
    count = context.wording.number(len(media))
    label = context.wording.text("media.gallery", count=count)
    return _drawn("gallery", context, media=media, label=label) if media else Markup()


def compare_html(context: ViewContext, story: Story, ids: Iterable[str]) -> Markup:
    """Draw two pictures over one another, with a handle that says how much of each is seen."""
    media = [each for each in (_picture(context, story, medium_id) for medium_id in ids) if each]
    if len(media) < 2:  # noqa: PLR2004  # one of the two cannot be shown
        return Markup().join(_drawn("medium", context, medium=each) for each in media)
    label = context.wording.text("media.handle")
    return _drawn("compare", context, media=media, label=label)


def hero_html(context: ViewContext, story: Story) -> Markup:
    """Draw the picture that a story opens with, if it has one."""
    if story.hero is None or hero_file(context.atlas, story) is None:
        return Markup()
    return medium_html(context, story, story.hero, first=True)


def hero_image(context: ViewContext) -> dict[str, Any] | None:
    """Return the sizes, forms and words of the picture that the reader's story opens with."""
    story = context.atlas.story(context.view.town)
    file = hero_file(context.atlas, story)
    medium = context.atlas.medium(story.hero, story) if story and story.hero else None
    return _image(context, medium, file, first=True) if medium and file else None


def hero_file(atlas: Atlas, story: Story | None) -> MediaFile | None:
    """Return the file of the picture that a story opens with, if it can be shown."""
    medium = atlas.medium(story.hero, story) if story and story.hero else None
    file = atlas.file(medium)
    return file if file and file.kind is MediaKind.PICTURE else None


def credit_line(context: ViewContext, medium: Medium, kind: MediaKind) -> str:
    """Say who made a medium, and on what terms it is shown."""
    lang, order = context.lang, context.order
    credit = medium.credit.get(lang, order) if medium.credit else ""
    licence = medium.licence.get(lang, order) if medium.licence else ""
    made = context.wording.text(f"media.credit_{kind}", credit=credit) if credit else ""
    return " · ".join(filter(None, (made, licence)))


def _picture(context: ViewContext, story: Story, medium_id: str) -> dict[str, Any] | None:
    medium = context.atlas.medium(medium_id, story)
    file = context.atlas.file(medium)
    is_picture = file is not None and file.kind is MediaKind.PICTURE
    return _about(context, story, medium) if medium and is_picture else None


def _about(
    context: ViewContext, story: Story | None, medium: Medium, *, first: bool = False
) -> dict[str, Any] | None:
    """Collect all that a template says of a medium; None where it cannot be shown."""
    file = context.atlas.file(medium)
    if file is None and medium.link is None:
        return None
    kind = file.kind if file else MediaKind.FILM
    about: dict[str, Any] = {
        "id": medium.id,
        "kind": "link" if file is None else str(kind),
        "caption": _say(context, medium.caption),
        "credit": credit_line(context, medium, kind),
        "link": medium.link,
        "goes": context.wording.text("media.elsewhere", host=_host(medium.link)),
        "transcript": _transcript(context, medium),
        "still": None,
        "image": None,
    }
    if file and kind is MediaKind.PICTURE:
        return about | {"image": _image(context, medium, file, first=first)}
    still = context.atlas.medium(medium.still, story) if medium.still else None
    still_file = context.atlas.file(still)
    if still and still_file and still_file.kind is MediaKind.PICTURE:
        about["still"] = _image(context, still, still_file)
        lines = (about["credit"], credit_line(context, still, MediaKind.PICTURE))
        about["credit"] = " · ".join(dict.fromkeys(filter(None, lines)))
    if file:
        about["source"] = context.addresses.whole(file)
        about["media_type"] = file.media_type
        about["tracks"] = _tracks(context, medium)
    return about


def _image(
    context: ViewContext, medium: Medium, file: MediaFile, *, first: bool = False
) -> dict[str, Any]:
    addresses = context.addresses
    webp = [(addresses.picture(file, each, "webp"), each) for each in file.widths]
    return {
        "webp": ", ".join(f"{address} {width}w" for address, width in webp if address),
        "plain": addresses.picture(file, file.plain_width, file.plain_ending),
        "sizes": _COLUMN,
        "width": file.width,
        "height": file.height,
        "alt": _say(context, medium.alt) if medium.alt else Said("", None),
        "first": first,
    }


def _tracks(context: ViewContext, medium: Medium) -> list[dict[str, Any]]:
    """List the captions of a film, those in the reader's language first and switched on."""
    languages = list(medium.captions)
    on = pick(languages, context.lang, context.order)
    found = []
    for lang in sorted(languages, key=lambda each: each != on):
        file = context.atlas.files.get(medium.captions[lang])
        address = context.addresses.whole(file) if file else None
        if address:
            name = context.wording.language_name(lang)
            found.append({"lang": lang, "name": name, "address": address, "on": lang == on})
    return found


def _transcript(context: ViewContext, medium: Medium) -> dict[str, Any] | None:
    files = {lang: context.atlas.files.get(name) for lang, name in medium.transcript.items()}
    there = {lang: file for lang, file in files.items() if file}
    lang = pick(there, context.lang, context.order)
    if lang is None:
        return None
    return {
        "title": context.wording.text("media.transcript"),
        "lang": lang if lang != context.lang else None,
        "paragraphs": [part.strip() for part in there[lang].text.split("\n\n") if part.strip()],
    }


def _say(context: ViewContext, texts: Texts | None) -> Said | None:
    lang = pick(texts.root, context.lang, context.order) if texts else None
    if texts is None or lang is None:
        return None
    return Said(texts.root[lang], lang if lang != context.lang else None)


def _host(link: str | None) -> str:
    return (link or "").removeprefix("https://").partition("/")[0].partition("?")[0]


def _drawn(form: str, context: ViewContext, **values: object) -> Markup:
    about = {"form": form, "say": context.wording.text, "lang": context.lang}
    html = render("stories.view", "media.html", **about, **values)
    return Markup(html.strip())  # noqa: S704  # the template escapes
