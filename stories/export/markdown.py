"""A town's story as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stories.export.marks import escaped
from stories.export.metric_lines import metric_lines
from stories.graphics import graphic_words
from stories.markdown import plain_markdown, without_figure_links
from stories.model.media import MediaKind
from stories.view.cards import figure_cards
from stories.view.media import credit_line
from stories.view.places import place_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stories.model.atlas import Story
    from stories.model.media_marks import Mark
    from stories.view.cards import Card
    from stories.view.context import ViewContext
    from stories.wording import Wording


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
        f"# {escaped(text.headline)}",
        f"{escaped(context.town_name(story.town))} · {escaped(context.theme_names(story))}",
        without_figure_links(text.lead_markdown) or escaped(text.lead),
        plain_markdown(text.body_markdown, lambda mark: _media_lines(context, story, mark)),
        f"## {wording.text('panel.figures')}",
        "\n".join(_figure_lines(card, wording) for card in figure_cards(context, story.figures)),
        *metric_lines(context, story.town),
        *_graphic_lines(context, story),
        *_place_lines(context, story.town),
        f"## {wording.text(f'boundary.{town.boundary_status}')}",
        escaped(notes),
        f"## {wording.text('panel.passage')}",
        escaped(wording.text("panel.work", title=source.title.get(lang, order))),
        *(escaped(part.get(lang, order)) for part in (source.publisher, source.note) if part),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _graphic_lines(context: ViewContext, story: Story) -> Iterator[str]:
    """Say what each graphic shows; the drawings are not in this file."""
    if not story.graphics:
        return
    yield f"## {context.wording.text('ledger.graphics')}"
    lines = []
    for graphic in story.graphics:
        title = graphic.title.get(context.lang, context.order)
        lines.append(f"- **{escaped(title)}**")
        lines.append(f"  - {escaped(graphic_words(graphic, story.figures, context.wording))}")
        if graphic.note:
            lines.append(f"  - {escaped(graphic.note.get(context.lang, context.order))}")
    yield "\n".join(lines)


def _place_lines(context: ViewContext, town: str) -> Iterator[str]:
    places = place_list(context, town)
    if not places.entries:
        return
    yield f"## {places.title}"
    lines = []
    for each in places.entries:
        lines.append(f"- **{escaped(each.name)}**: {escaped(each.kind)} · {escaped(each.known)}")
        lines += [f"  - {escaped(line)}" for line in (each.text, *each.source, each.quote) if line]
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
        lines.append(f"> {escaped(' · '.join(each for each in said if each))}")
    return "\n>\n".join(lines)


def _figure_lines(card: Card, wording: Wording) -> str:
    about = [" · ".join(card.said), card.change, card.computed, *card.source, card.quote]
    label, value = escaped(card.label), f"**{escaped(card.value)}**"
    lines = [f"- {wording.text('panel.figure_line', label=label, value=value)}"]
    lines += [f"  - {escaped(line)}" for line in about if line]
    return "\n".join(lines)
