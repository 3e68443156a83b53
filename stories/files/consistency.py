"""What has to hold between the parts of an atlas that are valid each for itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

from faults import Fault, nearest
from stories.files.graphics import atlas_graphic_faults, graphic_faults
from stories.files.yaml import Loc, YamlSource
from stories.model.atlas import (
    MAX_PLACES_OF_ATLAS,
    AtlasFile,
    Figure,
    Formula,
    Period,
    Place,
    StoryFile,
)
from stories.model.figure import MAX_DECIMALS
from stories.model.scene import COUNTY


def atlas_faults(atlas: AtlasFile, source: YamlSource) -> Iterator[Fault]:
    """Find repeated themes, towns, languages and figures, and figures of unknown origin."""
    yield from _repeated(source, "themes", [theme.id for theme in atlas.themes], "id")
    yield from _repeated(source, "stories", atlas.stories)
    if COUNTY in atlas.stories:
        what = f"no town can be called {COUNTY!r}, which stands for the whole county in addresses"
        mend = "give the division another `slug` in the boundary file, and name its files after it"
        yield source.fault(("stories", atlas.stories.index(COUNTY)), what, mend)
    yield from _repeated(source, "languages", atlas.languages)
    yield from _repeated(source, "units", [unit.id for unit in atlas.units], "id")
    yield from _repeated(source, "metrics", [metric.id for metric in atlas.metrics], "id")
    yield from _figure_faults(atlas.figures, source)
    yield from _place_faults(atlas.places, source, scenes=())


def story_faults(
    story: StoryFile,
    source: YamlSource,
    themes: Iterable[str],
    county: Iterable[str] = (),
    metrics: Iterable[str] = (),
) -> Iterator[Fault]:
    """Find undeclared themes, figures that do not fit together, and scenes that name what is not.

    Parameters
    ----------
    story
        The town's file.
    source
        Where everything in it stands.
    themes
        Ids of the atlas's themes.
    county
        Ids of the figures of the county as a whole.
    metrics
        Ids of the atlas's metrics.
    """
    declared = list(themes)
    yield from _repeated(source, "themes", story.themes)
    for index, theme in enumerate(story.themes):
        if theme not in declared:
            what = f"theme {theme!r} is not declared in atlas.yaml"
            yield source.fault(("themes", index), what, nearest(theme, declared))
    yield from _figure_faults(story.figures, source)
    yield from _place_faults(story.places, source, [scene.id for scene in story.scenes])
    yield from _scene_faults(story, source, county, metrics)
    yield from graphic_faults(story, source)


def _scene_faults(
    story: StoryFile, source: YamlSource, county: Iterable[str], metrics: Iterable[str]
) -> Iterator[Fault]:
    yield from _repeated(source, "scenes", [scene.id for scene in story.scenes], "id")
    known: dict[str, list[str]] = {
        "figure": [*(figure.id for figure in story.figures), *county],
        "graphic": [graphic.id for graphic in story.graphics],
        "place": [place.id for place in story.places],
        "metric": [*metrics],
    }
    for index, scene in enumerate(story.scenes):
        named = {
            "figure": scene.figure,
            "graphic": scene.graphic,
            "place": scene.look.place,
            "metric": scene.metric,
        }
        for key, name in named.items():
            if name is not None and name not in known[key]:
                loc = ("scenes", index, *(("look",) if key == "place" else ()), key)
                what = f"there is no {key} {name!r}, which the scene {scene.id!r} names"
                yield source.fault(loc, what, nearest(name, known[key]))


def passage_faults(
    story: StoryFile, file: str, scenes: Mapping[str, int], line: int
) -> Iterator[Fault]:
    """Find passages that a text marks as scenes of which the town's file says nothing.

    Parameters
    ----------
    story
        The town's file.
    file
        Name of the text's file.
    scenes
        Line of each mark in the body, by the scene's id.
    line
        Line of the file in which the body begins.
    """
    known = [scene.id for scene in story.scenes]
    for name, at in scenes.items():
        if name not in known:
            what = f"{story.town}.yaml has no scene {name!r}"
            otherwise = f"add `- id: {name}` to `scenes` there"
            mend = nearest(name, known, otherwise) if known else otherwise
            yield Fault(what, mend, file=file, line=line + at - 1)


def faults_between(
    atlas: AtlasFile, source: YamlSource, stories: Iterable[StoryFile]
) -> Iterator[Fault]:
    """Find what of `atlas.yaml` does not go with the stories: places, and graphics of figures."""
    stories = list(stories)
    yield from atlas_graphic_faults(atlas, source, stories)
    taken = {story.town: {place.id for place in story.places} for story in stories}
    for index, place in enumerate(atlas.places):
        if place.id in taken.get(place.division, ()):
            what = f"the story of {place.division!r} has a place {place.id!r} too"
            yield source.fault(("places", index, "id"), what, "rename one of them")
    count = len(atlas.places) + sum(map(len, taken.values()))
    if count > MAX_PLACES_OF_ATLAS:
        what = f"the atlas has {count:,} places"
        yield source.fault(("stories",), what, f"keep at most {MAX_PLACES_OF_ATLAS:,}", at_key=True)


def media_faults(
    part: AtlasFile | StoryFile, source: YamlSource, others: Iterable[str] = ()
) -> Iterator[Fault]:
    """Find repeated media, and ids that name none.

    Parameters
    ----------
    part, source
        The file, as it was read.
    others
        Ids of media that stand in the atlas's own file.
    """
    ids = [medium.id for medium in part.media]
    yield from _repeated(source, "media", ids, "id")
    known = [*ids, *others]
    named: list[tuple[Loc, str | None]] = [
        (("media", at, "still"), each.still) for at, each in enumerate(part.media)
    ]
    named += [(("places", at, "picture"), each.picture) for at, each in enumerate(part.places)]
    if isinstance(part, StoryFile):
        named.append((("hero",), part.hero))
        named += [(("scenes", at, "picture"), each.picture) for at, each in enumerate(part.scenes)]
    for loc, medium in named:
        if medium is not None and medium not in known:
            yield source.fault(loc, f"there is no medium {medium!r}", nearest(medium, known))


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
        if figure.baseline and not comes_before(figure.baseline.period, figure.period):
            what = f"the baseline ({figure.baseline.period}) is not before {figure.period}"
            mend = "correct one of the two periods"
            yield source.fault((*loc, "baseline", "period"), what, mend)
        if figure.computed:
            yield from _computation_faults(figure, by_id, source, loc)


def _place_faults(
    places: Sequence[Place], source: YamlSource, scenes: Sequence[str]
) -> Iterator[Fault]:
    yield from _repeated(source, "places", [place.id for place in places], "id")
    for index, place in enumerate(places):
        if place.passage and place.passage.section is None:
            what = f"place {place.id!r} does not say which section of the source it is from"
            mend = "give the file or the passage a `section`"
            yield source.fault(("places", index, "passage"), what, mend)
        if place.scene and place.scene not in scenes:
            what = f"there is no scene {place.scene!r}, which the place {place.id!r} names"
            yield source.fault(("places", index, "scene"), what, nearest(place.scene, scenes))


def comes_before(one: Period, other: Period) -> bool:
    """Whether a period begins before another, as far as both are known."""
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
