"""Check that an atlas's own units are used, and have every form that their languages have."""

from collections.abc import Iterator

from faults import Fault, Severity
from stories.files.loader import AtlasFiles
from stories.model.atlas import AnyUnit, Texts
from stories.model.language import locale_of
from stories.model.unit import OwnUnit, Ratio


def unit_faults(files: AtlasFiles) -> Iterator[Fault]:
    """Find units that nothing is in, and forms that are written as another one."""
    head, source = files.head, files.source
    if head is None or source is None:
        return
    used = {unit for each in _units(files) for unit in _parts(each)}
    is_whole = all(town.file for town in files.towns)
    for at, unit in enumerate(head.units):
        if is_whole and unit.id not in used:
            what = f"no figure or metric is in {unit.id!r}"
            mend = "take the unit out, or give it to one"
            yield source.fault(("units", at), what, mend, severity=Severity.WARNING)
        for lang, forms in unit.forms.items():
            needed = {*locale_of(lang).plural_form.tags} - forms.keys()
            missing = [form for form in _ORDER if form in needed]
            if missing:
                what = f"{unit.id!r} has no {', '.join(map(repr, missing))} in {lang!r}"
                mend = "add it; `other` is written meanwhile"
                loc = ("units", at, "forms", lang)
                yield source.fault(loc, what, mend, at_key=True, severity=Severity.WARNING)


_ORDER = ("zero", "one", "two", "few")
"""Plural forms; `many` is left out, as in half of the languages it goes with a million only."""


def _units(files: AtlasFiles) -> Iterator[AnyUnit]:
    for part in (files.head, *(town.file for town in files.towns)):
        for figure in part.figures if part else ():
            yield figure.unit
    for metric in files.head.metrics if files.head else ():
        if not isinstance(metric.unit, Texts):
            yield metric.unit


def _parts(unit: AnyUnit) -> Iterator[str]:
    if isinstance(unit, Ratio):
        yield from _parts(unit.over)
        yield from _parts(unit.under)
    elif isinstance(unit, OwnUnit):
        yield str(unit)
