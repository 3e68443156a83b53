"""Figures and stories for others to work with, each with where it comes from.

Pure: models in, plain values or text out; the same models give the same bytes.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from stories.markdown import plain_markdown, read_body, without_figure_links
from stories.model.media import MediaKind
from stories.model.media_marks import replace_marks
from stories.model.period import Period
from stories.view.cards import figure_cards
from stories.view.media import credit_line
from stories.view.media_addresses import ROUTES
from stories.view.places import place_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from stories.model.atlas import Atlas, Figure, Place, Scene, Story, StoryText, Texts
    from stories.model.division import Division
    from stories.model.media import MediaFile, Medium
    from stories.model.media_marks import Mark
    from stories.view.cards import Card
    from stories.view.context import ViewContext
    from stories.wording import Wording

Row = dict[str, Any]

BOM = "\ufeff"
"""Tells Excel that a CSV file is UTF-8."""
STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so may be run by a spreadsheet."""


def figure_rows(atlas: Atlas, towns: Mapping[str, Division]) -> list[Row]:
    """Return a row per figure: first the county's, then the towns' in the atlas's order.

    Parameters
    ----------
    atlas
        The stories and their source.
    towns
        Divisions by slug.

    Returns
    -------
    list of dict
        All rows have the same keys in the same order. Missing values are None.
    """
    rows = [_row(atlas, figure, None, None) for figure in atlas.figures]
    for story in atlas.stories:
        town = towns.get(story.town)
        rows += [_row(atlas, figure, story, town) for figure in story.figures]
    return rows


def _row(atlas: Atlas, figure: Figure, story: Story | None, town: Division | None) -> Row:
    languages = atlas.languages
    place = town.names if town else atlas.place
    return {
        "atlas": atlas.id,
        "town": story.town if story else None,
        **_texts("place", place, languages),
        "boundary_status": town.boundary_status if town else None,
        "figure": figure.id,
        **_texts("label", figure.label, languages),
        "value": _plain(figure.value),
        "unit": figure.unit.value,
        "qualifier": figure.qualifier.value,
        "status": figure.status.value,
        **_period("period", figure.period),
        "baseline_value": _plain(figure.baseline.value) if figure.baseline else None,
        "baseline_period": str(figure.baseline.period) if figure.baseline else None,
        "better": figure.better.value,
        **_origin(atlas, figure),
        **_texts("note", figure.note, languages),
    }


def _origin(atlas: Atlas, figure: Figure) -> Row:
    """Say where a figure comes from: a passage of the atlas's source, another source, or us."""
    computed = figure.computed
    return {
        **_cited(atlas, figure),
        "computed": computed.formula.value if computed else None,
        "computed_from": " ".join(computed.from_) if computed else None,
    }


def _cited(atlas: Atlas, cited: Figure | Place) -> Row:
    passage = cited.passage
    source = cited.source or (atlas.source.title if passage else None)
    section = passage.section if passage else None
    return {
        **_texts("source", source, atlas.languages),
        **_texts("section", section, atlas.languages),
        "paragraph": passage.paragraph if passage else None,
        "quote": cited.quote,
    }


def place_rows(atlas: Atlas, towns: Mapping[str, Division]) -> list[tuple[str, Place, Row]]:
    """Return each place with its division's slug and what is said of it, in the towns' order.

    Where it lies is left to who knows about that: of a point the rows say how well it is known.
    """
    return [
        (town.slug, place, _place_row(atlas, town, place))
        for town in towns.values()
        for place in atlas.places_in(town.slug)
    ]


def _place_row(atlas: Atlas, town: Division, place: Place) -> Row:
    languages = atlas.languages
    return {
        "atlas": atlas.id,
        "town": town.slug,
        **_texts("division", town.names, languages),
        "place": place.id,
        **_texts("name", place.name, languages),
        **_texts("kind", place.kind, languages),
        **_texts("text", place.text, languages),
        "known": place.known.value,
        "within_m": place.within_m,
        "datum": place.datum.value if place.at else None,
        **_texts("at_source", place.at_source, languages),
        **_cited(atlas, place),
        **_texts("note", place.note, languages),
    }


def _texts(key: str, texts: Texts | None, languages: Sequence[str]) -> dict[str, str | None]:
    given = texts.root if texts else {}
    return {f"{key}_{lang}": given.get(lang) for lang in languages}


def _period(key: str, period: Period) -> Row:
    return {
        key: str(period),
        f"{key}_start": period.start.isoformat() if period.start else None,
        f"{key}_end": period.end.isoformat() if period.end else None,
    }


def _plain(value: Decimal | Period | None) -> int | float | str | None:
    """Write a number as a number, as JSON and tables have them."""
    if value is None or isinstance(value, Period):
        return str(value) if value else None
    return int(value) if value == value.to_integral_value() else float(value)


def figures_csv(atlas: Atlas, towns: Mapping[str, Division]) -> str:
    """Return the figures as CSV that Excel opens with Chinese intact and runs nothing of."""
    rows = figure_rows(atlas, towns)
    out = io.StringIO()
    out.write(BOM)
    heads = list(rows[0]) if rows else []
    table = csv.DictWriter(out, heads, lineterminator="\r\n")
    table.writeheader()
    table.writerows({key: escape_formula(value) for key, value in row.items()} for row in rows)
    return out.getvalue()


def escape_formula(value: object) -> object:
    """Put an apostrophe before text that a spreadsheet would take for a formula."""
    dangerous = isinstance(value, str) and value.lstrip().startswith(STARTS_FORMULA)
    return f"'{value}" if dangerous else value


def stories_document(
    atlas: Atlas, towns: Mapping[str, Division], boundaries: Mapping[str, Any] | None
) -> str:
    """Return everything the atlas says as JSON.

    Parameters
    ----------
    atlas
        The stories and their source.
    towns
        Divisions by slug.
    boundaries
        Provenance of the boundaries, as their record has it.
    """
    by_town: dict[str | None, list[Row]] = {}
    for row in figure_rows(atlas, towns):
        by_town.setdefault(row["town"], []).append(row)
    document = {
        "atlas": {
            "id": atlas.id,
            "title": atlas.title.root,
            "place": atlas.place.root,
            "intro": atlas.intro.root,
            "about": atlas.about.root if atlas.about else None,
            "languages": list(atlas.languages),
            "source": atlas.source.model_dump(mode="json", exclude={"file"}),
            "themes": [theme.model_dump(mode="json") for theme in atlas.themes],
            "figures": by_town.get(None, []),
            "media": [medium_row(atlas, medium) for medium in atlas.media],
        },
        "towns": [_town(atlas, town, by_town) for town in towns.values()],
        "places": [
            {**row, "at": [place.at.lon, place.at.lat] if place.at else None}
            for _, place, row in place_rows(atlas, towns)
        ],
        "boundaries": boundaries,
    }
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _town(atlas: Atlas, town: Division, rows: Mapping[str | None, list[Row]]) -> Row:
    about: Row = town.model_dump(mode="json")
    story = atlas.story(town.slug)
    if story:
        about["story"] = {
            "themes": list(story.themes),
            "texts": {lang: _text(text) for lang, text in story.texts.items()},
            "scenes": [_scene(story, scene) for scene in story.scenes],
            "figures": rows.get(town.slug, []),
            "hero": story.hero,
            "media": [medium_row(atlas, medium) for medium in story.media],
        }
    return about


def medium_row(atlas: Atlas, medium: Medium) -> Row:
    """Return what a medium is, who made it, on what terms, and its address beside the page."""
    about: Row = medium.model_dump(mode="json", exclude={"file", "captions", "transcript"})
    captions = {lang: atlas.files.get(name) for lang, name in medium.captions.items()}
    transcript = {lang: atlas.files.get(name) for lang, name in medium.transcript.items()}
    file = atlas.file(medium)
    return about | {
        "kind": file.kind.value if file else "link" if medium.link else None,
        "media_type": file.media_type if file else None,
        "address": _address(file) if file else None,
        "width": file.width or None if file else None,
        "height": file.height or None if file else None,
        "captions": {lang: ROUTES.whole(each) for lang, each in captions.items() if each},
        "transcript": {lang: each.text for lang, each in transcript.items() if each},
    }


def _address(file: MediaFile) -> str:
    if file.kind is MediaKind.PICTURE:
        return ROUTES.picture(file, file.widths[-1], "webp")
    return ROUTES.whole(file)


def _text(text: StoryText) -> Row:
    """Return a story's words without the marks that only this page understands."""
    body = plain_markdown(text.body_markdown)
    return {"headline": text.headline, "lead": text.lead, "body_markdown": body}


def _scene(story: Story, scene: Scene) -> Row:
    """Return what a scene shows, and its passage in each language that has it."""
    about: Row = scene.model_dump(mode="json")
    passages = {
        lang: replace_marks(without_figure_links(part.markdown), lambda _: "")
        for lang, text in story.texts.items()
        for part in read_body(text.body_markdown).parts
        if part.scene == scene.id
    }
    return about | {"passages": passages}


def town_properties(atlas: Atlas, towns: Mapping[str, Division]) -> dict[str, Row]:
    """Return what a story adds to its division: headlines, themes and figures, by slug."""
    rows = figure_rows(atlas, towns)
    return {
        story.town: {
            **{f"headline_{lang}": text.headline for lang, text in story.texts.items()},
            "themes": list(story.themes),
            "figures": [row for row in rows if row["town"] == story.town],
        }
        for story in atlas.stories
    }


def story_markdown(context: ViewContext) -> str:
    """Return a town's story as Markdown: words, figures, boundary and source.

    Raises
    ------
    LookupError
        The reader's town has no story.
    """
    story = context.atlas.story(context.view.town)
    if story is None:
        raise LookupError(f"{context.view.town} has no story")
    wording, lang, order = context.wording, context.lang, context.order
    text, town = story.text(lang, order), context.towns[story.town]
    notes = town.boundary_notes.get(lang, order) if town.boundary_notes else ""
    source = context.atlas.source
    parts = [
        f"# {_marks(text.headline)}",
        f"{_marks(context.town_name(story.town))} · {_marks(context.theme_names(story))}",
        _marks(text.lead),
        plain_markdown(text.body_markdown, lambda mark: _media_lines(context, story, mark)),
        f"## {wording.text('panel.figures')}",
        "\n".join(_figure_lines(card, wording) for card in figure_cards(context, story.figures)),
        *_place_lines(context, story.town),
        f"## {wording.text(f'boundary.{town.boundary_status}')}",
        _marks(notes),
        f"## {wording.text('panel.passage')}",
        _marks(wording.text("panel.work", title=source.title.get(lang, order))),
        *(_marks(part.get(lang, order)) for part in (source.publisher, source.note) if part),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _place_lines(context: ViewContext, town: str) -> Iterator[str]:
    places = place_list(context, town)
    if not places.entries:
        return
    yield f"## {places.title}"
    lines = []
    for each in places.entries:
        lines.append(f"- **{_marks(each.name)}**: {_marks(each.kind)} · {_marks(each.known)}")
        lines += [f"  - {_marks(line)}" for line in (each.text, *each.source, each.quote) if line]
    yield "\n".join(lines)


def _media_lines(context: ViewContext, story: Story, mark: Mark) -> str:
    """Say of each medium what it shows and who made it; the files are not in this one."""
    lines = []
    for name in mark.ids:
        medium = context.atlas.medium(name, story)
        file = context.atlas.file(medium)
        if medium is None or (file is None and medium.link is None):
            continue
        says = [
            each.get(context.lang, context.order) for each in (medium.caption, medium.alt) if each
        ]
        credit = credit_line(context, medium, file.kind if file else MediaKind.FILM)
        said = [*says, credit, medium.link or ""]
        lines.append(f"> {_marks(' · '.join(each for each in said if each))}")
    return "\n>\n".join(lines)


def _figure_lines(card: Card, wording: Wording) -> str:
    about = [" · ".join(card.said), card.change, card.computed, *card.source, card.quote]
    label, value = _marks(card.label), f"**{_marks(card.value)}**"
    lines = [f"- {wording.text('panel.figure_line', label=label, value=value)}"]
    lines += [f"  - {_marks(line)}" for line in about if line]
    return "\n".join(lines)


def _marks(text: str) -> str:
    """Escape what Markdown, or HTML inside it, would read as markup."""
    line = " ".join(text.split())
    escaped = "".join(f"\\{sign}" if sign in "\\`*_[]<>#|~&" else sign for sign in line)
    return f"\\{escaped}" if escaped.startswith(("-", "+")) else escaped
