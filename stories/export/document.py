"""Everything that an atlas says, as JSON, and what its stories add to their divisions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from stories.export.metrics import metric_documents
from stories.export.rows import Row, figure_rows, place_rows
from stories.markdown import plain_markdown, read_body, without_figure_links
from stories.model.media import MediaKind
from stories.model.media_marks import replace_marks
from stories.model.scene import COUNTY
from stories.view.page_addresses import ROUTES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stories.metrics import MetricSeries
    from stories.model.atlas import Atlas, Graphic, Story, StoryText
    from stories.model.division import Division
    from stories.model.media import MediaFile, Medium


def stories_document(
    atlas: Atlas,
    towns: Mapping[str, Division],
    boundaries: Mapping[str, Any] | None,
    series: Mapping[str, MetricSeries],
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
    series
        The atlas's metrics with their values, by id.
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
            "graphics": [_graphic(atlas, COUNTY, each) for each in atlas.graphics],
            "media": [medium_row(atlas, medium) for medium in atlas.media],
            "reorganisations": [each.model_dump(mode="json") for each in atlas.reorganisations],
        },
        "metrics": metric_documents(series.values(), atlas.languages),
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
            "scenes": _scenes(story),
            "figures": rows.get(town.slug, []),
            "graphics": [
                _graphic(atlas, story.town, each) | {"opening": each == story.opening_graphic}
                for each in story.graphics
            ],
            "hero": story.hero,
            "media": [medium_row(atlas, medium) for medium in story.media],
        }
    return about


def _graphic(atlas: Atlas, town: str, graphic: Graphic) -> Row:
    """Return what a graphic draws, and the names of its pictures per language."""
    about: Row = graphic.model_dump(mode="json")
    stem = f"{town}.{graphic.id}"
    return about | {"pictures": {lang: f"{stem}.{lang}.svg" for lang in atlas.languages}}


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


def _scenes(story: Story) -> list[Row]:
    """Return what each scene shows, and its passage in each language that has it."""
    passages: dict[str, dict[str, str]] = {scene.id: {} for scene in story.scenes}
    for lang, text in story.texts.items():
        for part in read_body(text.body_markdown).parts:
            if part.scene in passages:
                words = replace_marks(without_figure_links(part.markdown), lambda _: "")
                passages[part.scene][lang] = words
    return [
        scene.model_dump(mode="json") | {"passages": passages[scene.id]} for scene in story.scenes
    ]


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
