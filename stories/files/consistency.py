"""What has to hold between the parts of an atlas that are valid each for itself."""

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Context, Decimal

from faults import Fault, nearest
from stories.files.yaml import YamlSource
from stories.model.atlas import AtlasFile, Figure, Formula, Period, StoryFile
from stories.model.figure import MAX_DECIMALS


def atlas_faults(atlas: AtlasFile, source: YamlSource) -> Iterator[Fault]:
    """Find repeated themes, towns, languages and figures, and figures of unknown origin."""
    yield from _repeated(source, "themes", [theme.id for theme in atlas.themes], "id")
    yield from _repeated(source, "stories", atlas.stories)
    yield from _repeated(source, "languages", atlas.languages)
    yield from _figure_faults(atlas.figures, source)


def story_faults(story: StoryFile, source: YamlSource, themes: Iterable[str]) -> Iterator[Fault]:
    """Find undeclared themes and figures that do not fit together."""
    declared = list(themes)
    yield from _repeated(source, "themes", story.themes)
    for index, theme in enumerate(story.themes):
        if theme not in declared:
            what = f"theme {theme!r} is not declared in atlas.yaml"
            yield source.fault(("themes", index), what, nearest(theme, declared))
    yield from _figure_faults(story.figures, source)


def _repeated(source: YamlSource, part: str, ids: Iterable[str], *key: str) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, each in enumerate(ids):
        if each in seen:
            what = f"{each!r} stands a second time among the {part}"
            yield source.fault((part, index, *key), what, "keep one of them, or rename it")
        seen.add(each)


def _figure_faults(figures: tuple[Figure, ...], source: YamlSource) -> Iterator[Fault]:
    yield from _repeated(source, "figures", [figure.id for figure in figures], "id")
    by_id = {figure.id: figure for figure in figures}
    for index, figure in enumerate(figures):
        loc = ("figures", index)
        if figure.passage and figure.passage.section is None:
            what = f"figure {figure.id!r} does not say which section of the source it is from"
            yield source.fault((*loc, "passage"), what, "give the file or the passage a `section`")
        if figure.baseline and not _before(figure.baseline.period, figure.period):
            what = f"the baseline ({figure.baseline.period}) is not before {figure.period}"
            mend = "correct one of the two periods"
            yield source.fault((*loc, "baseline", "period"), what, mend)
        if figure.computed:
            yield from _computation_faults(figure, by_id, source, loc)


def _before(one: Period, other: Period) -> bool:
    return one.start is None or other.start is None or one.start < other.start


def _computation_faults(
    figure: Figure, by_id: dict[str, Figure], source: YamlSource, loc: tuple[str | int, ...]
) -> Iterator[Fault]:
    assert figure.computed
    unknown = [each for each in figure.computed.from_ if each not in by_id]
    for place, each in enumerate(unknown):
        mend = "name a figure of this file" if place else nearest(each, list(by_id))
        yield source.fault((*loc, "computed", "from"), f"there is no figure {each!r}", mend)
    if unknown or not isinstance(figure.value, Decimal):
        return
    exact = computed_value(figure.computed.formula, [by_id[i] for i in figure.computed.from_])
    if exact is None:
        what = f"{figure.computed.formula} cannot be computed from these figures"
        mend = "percent_change takes one figure with a baseline, difference takes two"
        yield source.fault((*loc, "computed"), what, mend)
    elif len(periods := {by_id[i].period for i in figure.computed.from_} | {figure.period}) > 1:
        what = (
            f"{figure.id!r} is computed across the periods {', '.join(sorted(map(str, periods)))}"
        )
        yield source.fault((*loc, "period"), what, "give it the period of its figures")
    elif (rounded := round_like(exact, figure.value)) != figure.value:
        what = f"{figure.id!r} is {figure.value}, but {figure.computed.formula} gives {rounded}"
        yield source.fault((*loc, "value"), what, f"write {rounded}")


def computed_value(formula: Formula, figures: list[Figure]) -> Decimal | None:
    """Return what `formula` gives for `figures`, or None where it does not apply to them."""
    values = [figure.value for figure in figures if isinstance(figure.value, Decimal)]
    if len(values) != len(figures):
        return None
    if formula is Formula.SUM:
        return sum(values, Decimal(0))
    if formula is Formula.DIFFERENCE:
        return values[0] - values[1] if len(values) == 2 else None  # noqa: PLR2004  # a pair
    baseline = figures[0].baseline
    if len(figures) != 1 or baseline is None or not baseline.value:
        return None
    return (values[0] - baseline.value) / baseline.value * 100


def round_like(number: Decimal, pattern: Decimal) -> Decimal:
    """Round `number` to as many decimals as `pattern` is written with, halves away from zero."""
    decimals = min(max(-int(pattern.as_tuple().exponent), 0), MAX_DECIMALS)
    step = Decimal(1).scaleb(-decimals)
    return number.quantize(step, rounding=ROUND_HALF_UP, context=Context(prec=60))
