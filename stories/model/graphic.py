"""Graphics: figures of a story, drawn together in a form that suits them.

The docstring under each field is the reference of the file format.
"""

from enum import StrEnum

from pydantic import Field

from stories.model.text import Model, Slug, Texts

MAX_GRAPHICS = 50
"""Graphics of one story."""
MAX_DRAWN = 24
"""Figures in one graphic; more belong into a table."""
MAX_GROUPS = 12
NO_HERO = "none"
"""What `hero_graphic` says where no graphic stands before the text."""


class GraphicForm(StrEnum):
    """How the figures of a graphic are drawn."""

    CHANGE = "change"
    PART = "part"
    PARTS = "parts"
    STATUSES = "statuses"
    DATES = "dates"


class GraphicGroup(Model):
    """Figures of a graphic that belong together, such as those of one firm."""

    label: Texts
    """Heading of the group."""
    figures: tuple[Slug, ...] = Field(min_length=1, max_length=MAX_DRAWN)
    """Ids of its figures, in the order in which they are drawn."""


class Graphic(Model):
    """A graphic of a few figures."""

    id: Slug
    """Name of the graphic, unique in its story; it stands in the graphic's address."""
    form: GraphicForm
    """`change` (before and after, of figures with a baseline), `part` (one figure as part of the
    figure `whole`), `parts` (figures that add up), `statuses` (reported, forecast, target and plan
    told apart) or `dates` (on one line)."""
    title: Texts
    """What the graphic shows, in a line."""
    figures: tuple[Slug, ...] = Field(default=(), max_length=MAX_DRAWN)
    """Ids of figures of the story, in the order in which they are drawn."""
    groups: tuple[GraphicGroup, ...] = Field(default=(), max_length=MAX_GROUPS)
    """Figures in groups with a heading each, in place of `figures`."""
    whole: Slug | None = None
    """Id of the figure that `part` is a part of, or that `parts` add up to."""
    note: Texts | None = None
    """What a reader has to know about the graphic."""

    @property
    def drawn(self) -> tuple[str, ...]:
        """Ids of all figures that the graphic draws, each once; that of the whole is the last."""
        grouped = (each for group in self.groups for each in group.figures)
        whole = (self.whole,) if self.whole else ()
        return tuple(dict.fromkeys((*self.figures, *grouped, *whole)))
