"""The preview picture of a view: the map with the town lit, its headline, two figures."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image, ImageColor, ImageDraw, ImageOps

from geo.map.pens import Ink
from geo.map.static_map import Frame, MapPicture, MapStyle
from serving.card.labels import Box, place_names
from serving.card.typesetting import BOLD, REGULAR, block, fitting, font, short
from serving.media.store import MissingMediaError, picture_store
from stories.model.atlas import Unit
from stories.model.media import MediaKind
from stories.view.cards import figure_cards
from stories.view.media import credit_line, hero_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from serving.card.face import Face
    from serving.store.snapshot import Snapshot
    from stories.model.atlas import Figure
    from stories.view.cards import Card
    from stories.view.context import ViewContext

SIZE = (1200, 630)
MARGIN = 56
COLUMN = 520
"""Width of the text."""
MAP_EDGE, OTHER_EDGE = COLUMN + 2 * MARGIN - 10, 32
"""Pixels between the county and the picture's edges, beside the words and opposite."""
HEADLINE_TOP, HEADLINE_HEIGHT = 104, 232
TITLE_HEIGHT = 80
HEADLINE_SIZES = (58, 54, 50, 46, 42, 38, 34)
LEAD_SIZES = (26, 24, 22, 20, 18)
LABEL_SIZES, LABEL_HEIGHT = (21, 19, 17, 16), 66
LIT_SIZES, STORY_SIZES, OTHER_SIZES = (25, 21), (20, 17), (15, 13)
"""Of names on the map."""
MOST_NAMES = 60
"""Where there are more divisions, only those with a story are named."""
FIGURES_TOP, FIGURE_HEIGHT = 356, 92
FOOT = 574

PAPER, LAND, INK, MUTED = "#fbfaf6", "#ece8dd", "#1f2d36", "#566067"
ACCENT = "#0b6257"
QUIET, LIT = "#d9d3c4", "#a9a493"
"""A division without a story, and one that stands out."""
HINT = 0.42
"""How much of its colour another town keeps while one is lit."""


@dataclass(frozen=True)
class Side:
    """The side on which lines begin, and the words stand: places are counted from there."""

    is_right: bool

    def x(self, from_edge: float) -> float:
        """Return the pixels from the left of what is so far from the edge."""
        return SIZE[0] - from_edge if self.is_right else from_edge

    def box(self, near: float, top: float, far: float, bottom: float) -> Box:
        """Return a rectangle between two distances from the edge."""
        left, right = sorted((self.x(near), self.x(far)))
        return Box(left, top, right, bottom)

    @property
    def frame(self) -> Frame:
        """Return where the county is drawn."""
        left, right = (OTHER_EDGE, MAP_EDGE) if self.is_right else (MAP_EDGE, OTHER_EDGE)
        return Frame(SIZE, left=left, top=56, right=right, bottom=76)


def _side(context: ViewContext) -> Side:
    return Side(context.wording.direction == "rtl")


@dataclass(frozen=True)
class Fact:
    """A figure on the picture."""

    value: str
    label: str


def draw_card(context: ViewContext, snapshot: Snapshot) -> bytes:
    """Draw the preview picture of what a reader's address shows, as PNG."""
    colours = context.atlas.colours()
    accent = colours.get(context.view.town or "", ACCENT)
    canvas = _with_hero(context)
    has_hero = canvas is not None
    if canvas is None:
        canvas = _with_map(context, snapshot, colours)
    pen = ImageDraw.Draw(canvas)
    pen.rectangle(_side(context).box(0, 0, 10, SIZE[1]), fill=accent)
    _words(context, pen, accent)
    _figures(context, pen, _facts(context), accent)
    _foot(context, pen, _hero_credit(context) if has_hero else _line_words(context))
    out = io.BytesIO()
    canvas.save(out, "PNG", optimize=True)
    return out.getvalue()


def _with_map(context: ViewContext, snapshot: Snapshot, colours: Mapping[str, str]) -> Image.Image:
    picture = _map(context, snapshot, colours)
    canvas = picture.image
    _labels(context, picture, ImageDraw.Draw(canvas))
    if not _side(context).is_right:
        canvas.paste(_column(canvas), (0, 0))
        return canvas
    turned = ImageOps.mirror(canvas)
    turned.paste(_column(turned), (0, 0))
    return ImageOps.mirror(turned)


def _with_hero(context: ViewContext) -> Image.Image | None:
    """Lay the picture that a story opens with on paper, if it has one that can be drawn."""
    file = hero_file(context.atlas, context.atlas.story(context.view.town))
    if file is None:
        return None
    try:
        content = picture_store.ask(file, file.plain_width, file.plain_ending).result()
    except MissingMediaError:
        return None
    canvas = Image.new("RGB", SIZE, PAPER)
    left, room = COLUMN + 2 * MARGIN, FOOT - 12
    with Image.open(io.BytesIO(content)) as picture:
        fitted = ImageOps.fit(picture.convert("RGB"), (SIZE[0] - left, room))
    canvas.paste(fitted, (0 if _side(context).is_right else left, 0))
    return canvas


def _hero_credit(context: ViewContext) -> str:
    story = context.atlas.story(context.view.town)
    medium = context.atlas.medium(story.hero, story) if story and story.hero else None
    return credit_line(context, medium, MediaKind.PICTURE) if medium else ""


def _map(context: ViewContext, snapshot: Snapshot, colours: Mapping[str, str]) -> MapPicture:
    lit = context.view.town
    style = map_style(colours, [lit] if lit else [], is_dimmed=lit is not None)
    return MapPicture(snapshot.divisions, _side(context).frame, style, snapshot.neighbours)


def map_style(colours: Mapping[str, str], lit: Sequence[str], *, is_dimmed: bool) -> MapStyle:
    """Return what a still map looks like.

    Parameters
    ----------
    colours
        Colour of each town that has a story, by slug.
    lit
        Slugs of the divisions that stand out.
    is_dimmed
        Whether the others stand back.
    """
    fills = {
        slug: mixed(colour, QUIET) if is_dimmed and slug not in lit else colour
        for slug, colour in colours.items()
    }
    fills |= {slug: LIT for slug in lit if slug not in fills}
    return MapStyle(
        land=LAND, quiet=QUIET, faint="#cdc7b7", shadow="#a39c8a", fills=fills, lit=tuple(lit)
    )


def mixed(colour: str, ground: str) -> str:
    """Fade a colour into its ground."""
    pairs = zip(ImageColor.getrgb(colour)[:3], ImageColor.getrgb(ground)[:3], strict=True)
    return "#" + "".join(f"{round(a * HINT + b * (1 - HINT)):02x}" for a, b in pairs)


def _column(canvas: Image.Image) -> Image.Image:
    """Lay the paper of the text over the map, softly at its right edge."""
    width = COLUMN + 2 * MARGIN
    left = canvas.crop((0, 0, width, SIZE[1]))
    mask = Image.linear_gradient("L").rotate(90).resize((MARGIN * 2, SIZE[1]))
    paper = Image.new("RGB", left.size, PAPER)
    cover = Image.new("L", left.size, 255)
    cover.paste(mask.transpose(Image.Transpose.FLIP_LEFT_RIGHT), (width - MARGIN * 2, 0))
    return Image.composite(paper, left, cover)


def _labels(context: ViewContext, picture: MapPicture, pen: ImageDraw.ImageDraw) -> None:
    """Write the lit town's name on the map, or every story's, and the others' small."""
    lit = context.view.town
    told = [lit] if lit else [story.town for story in context.atlas.stories]
    named = [slug for slug in told if slug in context.towns]
    others = [slug for slug in context.towns if slug not in named]
    if len(others) <= MOST_NAMES:
        named += others
    large = LIT_SIZES if lit else STORY_SIZES
    forms = {slug: _forms(context, slug, large if slug in told else OTHER_SIZES) for slug in named}
    names = place_names(
        {slug: picture.middle(slug) for slug in named},
        {slug: [_room(name, face) for name, face in forms[slug]] for slug in named},
        _side(context).box(COLUMN + 2 * MARGIN, 0, SIZE[0] - 8, FOOT),
    )
    for slug, (form, box) in names.items():
        name, face = forms[slug][form]
        middle = ((box.left + box.right) / 2, (box.top + box.bottom) / 2)
        colour, halo = (INK, 4) if slug in told else (MUTED, 3)
        face.draw(pen, middle, name, Ink(colour, LAND, halo), anchor="mm")


def _forms(context: ViewContext, slug: str, sizes: Sequence[int]) -> list[tuple[str, Face]]:
    """Return what may stand for a town on the map, the best first: names without their kind."""
    name = context.town_name(slug)
    kinds = context.wording.section("kinds").values()
    kind = next((each for each in kinds if name.endswith(each) and name != each), "")
    weight = REGULAR if sizes is OTHER_SIZES else BOLD
    faces = [font(size, weight, context.lang) for size in sizes]
    return [(short(name.removesuffix(kind).strip(), face, COLUMN), face) for face in faces]


def _room(name: str, face: Face) -> tuple[float, float]:
    return face.getlength(name) + 8, face.size * 1.15


def _words(context: ViewContext, pen: ImageDraw.ImageDraw, accent: str) -> None:
    kicker, headline, lead = _says(context)
    lang, height = context.lang, TITLE_HEIGHT if lead else HEADLINE_HEIGHT
    begin = _side(context).x(MARGIN)
    block(kicker, font(26, BOLD, lang), COLUMN, 1).draw(pen, begin, 56, accent)
    box = fitting(headline, HEADLINE_SIZES, width=COLUMN, height=height, weight=BOLD, lang=lang)
    below = box.draw(pen, begin, HEADLINE_TOP, INK) + 10
    room = int(FIGURES_TOP - below - 16)
    if lead:
        text = fitting(
            lead, LEAD_SIZES, width=COLUMN, height=room, weight=REGULAR, lang=lang, leading=1.4
        )
        text.draw(pen, begin, below, MUTED)


def _says(context: ViewContext) -> tuple[str, str, str]:
    """Return the line above the headline, the headline, and what is said where no story is."""
    atlas, lang, order = context.atlas, context.lang, context.order
    town, place = context.view.town, atlas.place.get(lang, order)
    if town is None:
        return place, atlas.title.get(lang, order), atlas.intro.get(lang, order)
    name, story = context.town_name(town), atlas.story(town)
    if story is None:
        return place, name, context.wording.text("panel.no_story")
    kicker = context.wording.text("share.kicker", town=name, place=place)
    return kicker, story.text(lang, order).headline, ""


def _facts(context: ViewContext) -> list[Fact]:
    """Choose two figures, or say of a town without a story what its outline is."""
    story = context.atlas.story(context.view.town)
    if story or context.view.town is None:
        return _numbers(context, story.figures if story else context.atlas.figures)
    wording, town = context.wording, context.towns[context.view.town]
    facts = []
    if town.area_km2 is not None:
        area = wording.text("panel.area", area=wording.number(round(town.area_km2, 1)))
        facts.append(Fact(area, context.kind_name(town)))
    notes = town.boundary_notes.get(context.lang, context.order) if town.boundary_notes else ""
    return [*facts, Fact(wording.text(f"boundary.{town.boundary_status}"), notes)]


def _numbers(context: ViewContext, figures: Sequence[Figure]) -> list[Fact]:
    """Choose the first two figures that are numbers, with everything that goes with them."""
    units = {figure.id: figure.unit for figure in figures}
    cards = list(figure_cards(context, figures))
    numbers = [card for card in cards if units[card.id] is not Unit.DATE]
    return [Fact(card.value, _line(card)) for card in (numbers or cards)[:2]]


def _line(card: Card) -> str:
    told = card.facts[:1] or ((card.change,) if card.change else ())
    return " · ".join([card.label, *told])


def _figures(
    context: ViewContext, pen: ImageDraw.ImageDraw, facts: Sequence[Fact], accent: str
) -> None:
    side, lang = _side(context), context.lang
    for place, fact in enumerate(facts):
        y = FIGURES_TOP + place * (FIGURE_HEIGHT + 12)
        bar = side.box(MARGIN, y + 6, MARGIN + 5, y + FIGURE_HEIGHT)
        pen.rounded_rectangle(bar, 2, fill=accent)
        x, width = side.x(MARGIN + 24), COLUMN - 24
        value = fitting(
            fact.value, (36, 32, 28, 24), width=width, height=48, weight=BOLD, lang=lang
        )
        below = value.draw(pen, x, y, INK)
        label = fitting(
            fact.label, LABEL_SIZES, width=width, height=LABEL_HEIGHT, weight=REGULAR, lang=lang,
            leading=1.25,
        )  # fmt: skip
        label.draw(pen, x, below, MUTED)


def _line_words(context: ViewContext) -> str:
    """Say what the lines of the map are."""
    shown = [context.towns[context.view.town]] if context.view.town else context.towns.values()
    statuses = dict.fromkeys(town.boundary_status for town in shown)
    lines = [context.wording.text(f"boundary.{status}") for status in sorted(statuses)]
    if any(town.inset for town in context.towns.values()):
        lines.append(context.wording.text("panel.inset_frames"))
    return " · ".join(lines)


def _foot(context: ViewContext, pen: ImageDraw.ImageDraw, words: str) -> None:
    """Say whose map this is, and what is to be said of the picture on the right."""
    atlas, lang = context.atlas, context.lang
    title = atlas.title.get(lang, context.order)
    if context.view.town is None:
        title = context.wording.plural("panel.overview_title", len(atlas.stories))
    face = font(20, REGULAR, lang)
    side = _side(context)
    block(title, font(20, BOLD, lang), COLUMN, 1).draw(pen, side.x(MARGIN), FOOT, MUTED)
    words = short(words, face, SIZE[0] - 36 - COLUMN - 2 * MARGIN)
    end = "lm" if side.is_right else "rm"
    face.draw(pen, (side.x(SIZE[0] - 36), FOOT + 13), words, Ink(MUTED), anchor=end)
