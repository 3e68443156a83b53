"""Graphics: figures of one story or of several, drawn together in a form that suits them.

The docstring under each field is the reference of the file format.
"""

from enum import StrEnum

from pydantic import Field

from stories.model.text import FigureName, Model, Slug, Texts

MAX_GRAPHICS = 50
"""Graphics of one file."""
MAX_DRAWN = 24
"""Figures in one graphic; more belong into a table."""
MAX_GROUPS = MAX_DRAWN
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
    figures: tuple[FigureName, ...] = Field(min_length=1, max_length=MAX_DRAWN)
    """Ids of its figures, in the order in which they are drawn."""


class Graphic(Model):
    """A graphic of a few figures.

    Numbers, units, qualifiers and periods are those of the figures. What the source leaves open is
    drawn: `about` has a soft edge, `over` and `at_least` go on as arrows, `nearly` and `up_to` stop
    at a cap; forecasts, targets and plans are hatched, each its own way. Bars begin at zero and
    share a scale only where unit and kind of period are the same.

    Those of `<town>.yaml` draw figures of the story. Those of `atlas.yaml` stand on the overview
    and draw figures of several towns: `yuyue/jobs` is the figure `jobs` of the story of `yuyue`,
    and `population` alone is one of the county's own. Each town has a heading, or is named with its
    figures. With the form `dates` it has lanes of its own on the one line, and what has no date
    stands in a last lane that says so.
    """

    id: Slug
    """Name of the graphic, unique in its file; it stands in the graphic's address."""
    form: GraphicForm
    """`change` (before and after: figures whose baseline has a value), `part` (one figure as part
    of the figure `whole`: up to 40 as signs to count), `parts` (figures of one unit and period that
    add up, to `whole` where that is given), `statuses` (figures of one unit: reported, forecast,
    target and plan told apart) or `dates` (on one line; figures that are no dates stand at their
    period)."""
    title: Texts
    """What the graphic shows, in a line."""
    figures: tuple[FigureName, ...] = Field(default=(), max_length=MAX_DRAWN)
    """Ids of figures of the story, in the order in which they are drawn; in `atlas.yaml` with their
    town, `yuyue/jobs`."""
    groups: tuple[GraphicGroup, ...] = Field(default=(), max_length=MAX_GROUPS)
    """With the form `statuses`: figures in groups with a heading each, instead of `figures`."""
    whole: FigureName | None = None
    """Id of the figure that `part` is a part of, or that `parts` add up to."""
    note: Texts | None = None
    """What a reader has to know about the graphic."""

    @property
    def drawn(self) -> tuple[str, ...]:
        """Ids of all figures that the graphic draws, each once; that of the whole is the last."""
        grouped = (each for group in self.groups for each in group.figures)
        whole = (self.whole,) if self.whole else ()
        return tuple(dict.fromkeys((*self.figures, *grouped, *whole)))
