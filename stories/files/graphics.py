"""What has to hold between a graphic and the figures that it draws."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from faults import nearest
from stories.model.atlas import GraphicForm, Qualifier, Unit
from stories.model.graphic import MAX_DRAWN, NO_HERO

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from faults import Fault
    from stories.files.yaml import Loc, YamlSource
    from stories.model.atlas import AtlasFile, Figure, Graphic, StoryFile

_WITH_WHOLE = {GraphicForm.PART, GraphicForm.PARTS}
_ONE_UNIT = {GraphicForm.PART, GraphicForm.PARTS, GraphicForm.STATUSES}


@dataclass(frozen=True)
class _Named:
    """The figures that the graphics of a file may draw, by the names by which they do."""

    figures: Mapping[str, Figure]
    towns: Sequence[str] = ()
    """Towns whose figures are named with them; none in a town's own file."""
    unread: Collection[str] = ()
    """Those of them whose figures are not known, for their files have faults."""

    def has(self, name: str) -> bool:
        """Whether there is such a figure, or may be."""
        return name in self.figures or self.is_open(name)

    def is_open(self, name: str) -> bool:
        """Whether nobody knows: the town's file has faults of its own."""
        return name.partition("/")[0] in self.unread if "/" in name else False

    def mend(self, name: str) -> str:
        """Say what to write instead of a name that there is not."""
        town = name.rpartition("/")[0]
        if town and not self.towns:
            return (
                "name figures of this story; `graphics` of atlas.yaml draw those of several towns"
            )
        if town and town not in self.towns:
            return f"{town!r} has no story; {nearest(town, self.towns)}"
        known = [each for each in self.figures if not town or each.startswith(f"{town}/")]
        if not known:
            return "give the story figures"
        return nearest(name, known, "name a figure as `town/figure`" if self.towns else None)


def graphic_faults(story: StoryFile, source: YamlSource) -> Iterator[Fault]:
    """Find graphics that name what is not, and figures that do not suit a graphic's form.

    Parameters
    ----------
    story, source
        A town's file, as it was read.
    """
    named = _Named({figure.id: figure for figure in story.figures})
    yield from _graphic_faults(story.graphics, named, source)
    ids = [graphic.id for graphic in story.graphics]
    if NO_HERO in ids:
        what = f"a graphic cannot be called {NO_HERO!r}, which stands for no graphic"
        yield source.fault(("graphics", ids.index(NO_HERO), "id"), what, "rename it")
    hero = story.hero_graphic
    if hero not in {None, NO_HERO, *ids}:
        what = f"there is no graphic {hero!r}"
        yield source.fault(("hero_graphic",), what, nearest(hero or "", [*ids, NO_HERO]))


def atlas_graphic_faults(
    atlas: AtlasFile, source: YamlSource, stories: Iterable[StoryFile]
) -> Iterator[Fault]:
    """Find the same among the graphics of several towns.

    Parameters
    ----------
    atlas, source
        The atlas's own file, as it was read.
    stories
        The files of its towns, as far as they are legible.
    """
    figures = {figure.id: figure for figure in atlas.figures}
    read = {story.town: story for story in stories}
    for town, story in read.items():
        named_so = (figure.of_town(town) for figure in story.figures)
        figures |= {figure.id: figure for figure in named_so}
    unread = set(atlas.stories) - read.keys()
    named = _Named(figures, atlas.stories, unread)
    yield from _graphic_faults(atlas.graphics, named, source)


def _graphic_faults(
    graphics: Sequence[Graphic], named: _Named, source: YamlSource
) -> Iterator[Fault]:
    ids = [graphic.id for graphic in graphics]
    for at, graphic in enumerate(graphics):
        loc: Loc = ("graphics", at)
        if graphic.id in ids[:at]:
            what = f"{graphic.id!r} stands a second time among the graphics"
            yield source.fault((*loc, "id"), what, "keep one of them, or rename it")
        broken = list(_key_faults(graphic, source, loc))
        broken += _name_faults(graphic, named, source, loc)
        yield from broken
        if not broken and not any(map(named.is_open, graphic.drawn)):
            figures = {each: named.figures[each] for each in graphic.drawn}
            yield from _FigureFaults(graphic, figures, source, loc).find()


def _key_faults(graphic: Graphic, source: YamlSource, loc: Loc) -> Iterator[Fault]:
    """Find keys that the form does not take, and keys that it needs."""
    form = graphic.form
    if not graphic.figures and not graphic.groups:
        what = f"the graphic {graphic.id!r} draws no figure"
        yield source.fault(loc, what, "list ids of figures under `figures`")
    if graphic.groups and form is not GraphicForm.STATUSES:
        what = f"the form {form.value!r} takes no groups"
        mend = "list the ids under `figures`, or write `form: statuses`"
        yield source.fault((*loc, "groups"), what, mend, at_key=True)
    elif graphic.groups and graphic.figures:
        what = "there are figures in groups and figures without a group"
        mend = "put them all into groups, or none"
        yield source.fault((*loc, "figures"), what, mend, at_key=True)
    if graphic.whole and form not in _WITH_WHOLE:
        what = f"the form {form.value!r} takes no `whole`"
        mend = "leave it out, or write `form: part` or `form: parts`"
        yield source.fault((*loc, "whole"), what, mend, at_key=True)
    if form is GraphicForm.PART and not graphic.whole:
        what = f"the graphic {graphic.id!r} does not say what its figure is a part of"
        yield source.fault((*loc, "form"), what, "add `whole:` with the id of a figure")
    if form is GraphicForm.PART and len(graphic.figures) > 1:
        what = "the form 'part' takes one figure"
        mend = "keep one, or write `form: parts`"
        yield source.fault((*loc, "figures", 1), what, mend)
    if form is GraphicForm.PARTS and len(graphic.figures) == 1:
        what = "the form 'parts' takes two figures or more"
        mend = "add one, or write `form: part`"
        yield source.fault((*loc, "figures"), what, mend, at_key=True)


def _name_faults(graphic: Graphic, known: _Named, source: YamlSource, loc: Loc) -> Iterator[Fault]:
    """Find figures that are not there, that stand twice, and too many of them."""
    named = list(_named(graphic))
    counts: Counter[str] = Counter()
    for where, each in named:
        if not known.has(each):
            what = f"there is no figure {each!r}, which the graphic {graphic.id!r} draws"
            yield source.fault((*loc, *where), what, known.mend(each))
        elif counts[each]:
            what = f"the figure {each!r} stands in the graphic a second time"
            yield source.fault((*loc, *where), what, "keep it once")
        counts[each] += 1
    if len(named) > MAX_DRAWN:
        what = f"the graphic {graphic.id!r} has {len(named)} figures"
        mend = f"keep at most {MAX_DRAWN}, or part it into two"
        yield source.fault(loc, what, mend)


def _named(graphic: Graphic) -> Iterator[tuple[Loc, str]]:
    for at, each in enumerate(graphic.figures):
        yield ("figures", at), each
    for number, group in enumerate(graphic.groups):
        for at, each in enumerate(group.figures):
            yield ("groups", number, "figures", at), each
    if graphic.whole:
        yield ("whole",), graphic.whole


class _FigureFaults:
    """Finds figures that do not suit the form of a graphic in which all of them are known."""

    def __init__(
        self, graphic: Graphic, figures: dict[str, Figure], source: YamlSource, loc: Loc
    ) -> None:
        self.graphic, self.figures, self.source, self.loc = graphic, figures, source, loc
        self.where = {each: where for where, each in _named(graphic)}

    def find(self) -> Iterator[Fault]:
        form = self.graphic.form
        if form is GraphicForm.DATES:
            yield from self._undated()
            return
        dates = list(self._dates())
        yield from dates
        if form is GraphicForm.CHANGE:
            yield from self._without_baseline()
        elif form in _ONE_UNIT and not dates:
            units = list(self._units())
            yield from units
            if form in _WITH_WHOLE and not units:
                yield from self._negative()
                yield from self._periods()
                yield from self._sum()

    def _fault(self, figure_id: str, what: str, mend: str) -> Fault:
        return self.source.fault((*self.loc, *self.where[figure_id]), what, mend)

    def _dates(self) -> Iterator[Fault]:
        for each, figure in self.figures.items():
            if figure.unit is Unit.DATE:
                what = f"the figure {each!r} is a date, which has no length"
                yield self._fault(each, what, "leave it out, or write `form: dates`")

    def _undated(self) -> Iterator[Fault]:
        dated = [
            each for each in self.figures.values()
            if each.unit is Unit.DATE or each.period.start is not None
        ]  # fmt: skip
        if not dated:
            what = f"no figure of the graphic {self.graphic.id!r} has a date"
            mend = "add one that has, or choose another form"
            yield self.source.fault((*self.loc, "form"), what, mend)

    def _without_baseline(self) -> Iterator[Fault]:
        for each, figure in self.figures.items():
            if figure.unit is Unit.DATE or (figure.baseline and figure.baseline.value is not None):
                continue
            what = f"the figure {each!r} has no earlier value to compare with"
            yield self._fault(each, what, "give its `baseline` a `value`, or leave it out here")

    def _units(self) -> Iterator[Fault]:
        first = next(iter(self.figures.values()))
        for each, figure in self.figures.items():
            if figure.unit != first.unit:
                what = f"{each!r} is in {figure.unit.value!r}, but {first.id!r} is in "
                what += f"{first.unit.value!r}; they have no scale in common"
                yield self._fault(each, what, "keep figures of one unit here")

    def _negative(self) -> Iterator[Fault]:
        for each, figure in self.figures.items():
            if _number(figure) < 0:
                what = f"{each!r} is below zero, which no part of a whole is"
                yield self._fault(each, what, "choose another form")

    def _periods(self) -> Iterator[Fault]:
        first = next(iter(self.figures.values()))
        for each, figure in self.figures.items():
            if figure.period != first.period:
                what = f"{each!r} is of {figure.period}, but {first.id!r} of {first.period}"
                mend = "parts of a whole are of one period; write `form: statuses`"
                yield self._fault(each, what, mend)

    def _sum(self) -> Iterator[Fault]:
        whole = self.figures.get(self.graphic.whole or "")
        if whole is None:
            return
        parts = [figure for figure in self.figures.values() if figure is not whole]
        total = sum((_number(figure) for figure in parts), Decimal(0))
        is_exact = all(each.qualifier is Qualifier.EXACT for each in self.figures.values())
        if self.graphic.form is GraphicForm.PART and total > _number(whole):
            what = f"the part {parts[0].id!r} ({total}) is larger than the whole ({whole.value})"
            yield self._fault(parts[0].id, what, "exchange the two, or correct one of them")
        elif self.graphic.form is GraphicForm.PARTS and (
            total > _number(whole) or (is_exact and total != whole.value)
        ):
            what = f"the parts add up to {total}, but {whole.id!r} is {whole.value}"
            yield self._fault(whole.id, what, "add what is missing, or leave `whole` out")


def _number(figure: Figure) -> Decimal:
    assert isinstance(figure.value, Decimal)
    return figure.value
