"""Check scenes against the divisions and the text, and links in the text against their figures."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

from faults import MOST_FAULTS, Fault, Lines, Severity, nearest, shown
from stories.checks.ledger import Ledger
from stories.files.loader import AtlasFiles, Prose, StoryFiles
from stories.markdown import FIGURE_LINK
from stories.model.atlas import Figure
from stories.numbers import find_numbers
from stories.wording import Wording
from stories.wording.figures import number_text


def scene_division_faults(reading: AtlasFiles, divisions: Collection[str]) -> Iterator[Fault]:
    """Find scenes that look at, or light, a division that has no boundary."""
    for town in reading.towns:
        if town.file is None or town.source is None:
            continue
        for index, scene in enumerate(town.file.scenes):
            named = {"look": scene.look.divisions, "light": scene.light or ()}
            for key, slugs in named.items():
                for place, slug in enumerate(slugs):
                    if slug not in divisions:
                        what = f"the boundary file has no division {slug!r}"
                        loc = ("scenes", index, key, place)
                        yield town.source.fault(loc, what, nearest(slug, divisions))


def scene_date_faults(reading: AtlasFiles, dates: Collection[str]) -> Iterator[Fault]:
    """Find scenes that show the boundaries of a date for which there are none.

    Parameters
    ----------
    reading
        What was read of an atlas.
    dates
        Dates that its boundary set has, as 2018-10-31.
    """
    for town in reading.towns:
        if town.file is None or town.source is None:
            continue
        for index, scene in enumerate(town.file.scenes):
            named: list[tuple[tuple[str | int, ...], str]] = [
                (("dates", place), each) for place, each in enumerate(scene.dates or ())
            ]
            named += [(("date",), scene.date)] if scene.date else []
            for key, date in named:
                if date not in dates:
                    what = f"the boundary set has no date {date}"
                    mend = f"use {_listed(sorted(dates))}" if dates else "take it out of the scene"
                    yield town.source.fault(("scenes", index, *key), what, mend)


def _listed(words: Sequence[str]) -> str:
    """Write what there is to choose from."""
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def unmarked_scene_faults(reading: AtlasFiles) -> Iterator[Fault]:
    """Find scenes whose passage a text does not mark, so that readers of it never see them."""
    for town in reading.towns:
        if town.file is None or town.source is None:
            continue
        for prose in town.prose.values():
            if prose.text is None:
                continue
            for index, scene in enumerate(town.file.scenes):
                if scene.id not in prose.scenes:
                    name = prose.file.rpartition("/")[2]
                    what = f"{name} marks no passage as the scene {scene.id!r}"
                    mend = f"write `::: scene {scene.id}` above the passage and `:::` below it"
                    loc = ("scenes", index, "id")
                    yield town.source.fault(loc, what, mend, severity=Severity.WARNING)


def figure_link_faults(reading: AtlasFiles) -> Iterator[Fault]:
    """Find links in the text to figures that there are not, or whose number is another."""
    county = reading.head.figures if reading.head else ()
    for town in reading.towns:
        for lang, prose in town.prose.items():
            if town.file is not None:
                names = reading.head.names_with_numbers.get(lang, ()) if reading.head else ()
                found = _link_faults(town, prose, lang, county, names)
                yield from islice(found, MOST_FAULTS)


def _link_faults(
    town: StoryFiles, prose: Prose, lang: str, county: Sequence[Figure], names: Iterable[str]
) -> Iterator[Fault]:
    assert town.file is not None
    figures = {figure.id: figure for figure in (*town.file.figures, *county)}
    lines = Lines(prose.raw)
    for link in FIGURE_LINK.finditer(prose.raw):
        words, name = link.groups()
        line, column = lines.place(link.start(1))
        if name not in figures:
            what = f"the link {shown(words)} leads to the figure {name!r}, which there is not"
            yield Fault(what, nearest(name, figures), file=prose.file, line=line, column=column)
        elif other := _other_number(words, lang, figures[name], names):
            said = number_text(figures[name], Wording(lang))
            what = f"the link says {shown(other)}, but the figure {name!r} is {said}"
            mend = _mend(other, lang, figures, names)
            yield Fault(
                what, mend, file=prose.file, line=line, column=column, severity=Severity.WARNING
            )


def _other_number(words: str, lang: str, figure: Figure, names: Iterable[str]) -> str | None:
    """Return the first number of a link's words that is not the figure's."""
    ledger = Ledger.of([figure])
    numbers = find_numbers(words, lang, names)
    return next((each.text for each in numbers if not ledger.covers(each.meaning)), None)


def _mend(number: str, lang: str, figures: dict[str, Figure], names: Iterable[str]) -> str:
    fits = (name for name, each in figures.items() if not _other_number(number, lang, each, names))
    right = next(fits, None)
    return f"correct the number, or link to {right!r}" if right else "correct the number"
