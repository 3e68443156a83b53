"""What an editor is told of a draft: who is named, what is open, what was not understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faults import printable
from stories.model.period import Period, PeriodKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from stories.authoring.draft.figures import Left
    from stories.authoring.draft.names import Named
    from stories.model.figure import Figure

_KINDS = {"person": "people", "firm": "firms", "place": "places (location not stated)"}


def report_text(
    file: str,
    titles: Mapping[str, str],
    named: Mapping[str, Sequence[Named]],
    figures: Mapping[str, Sequence[Figure]],
    left: Iterable[tuple[int, Left]],
) -> str:
    """Return the report in plain text."""
    lines = [f"Draft from {file}"]
    for slug, title in titles.items():
        lines += ["", f"{title} ({slug})" if slug else "The whole (atlas.yaml)"]
        lines.append(f"  figures: {len(figures[slug])}")
        unknown = [figure.id for figure in figures[slug] if _is_open(figure.period)]
        if unknown:
            lines.append(f"  period unstated: {', '.join(unknown)}")
        for what, heading in _KINDS.items():
            found = [each for each in named[slug] if each.what == what]
            if found:
                lines.append(f"  {heading}:")
                lines += [f"    {each.line}: {_named(each)}" for each in found]
    told = list(left)
    lines += ["", f"Not understood: {len(told)}"]
    lines += [f"  {file}:{line}: {printable(each.text)}; {each.why}" for line, each in told]
    return "\n".join(lines) + "\n"


def _named(named: Named) -> str:
    return f"{named.name} ({named.role})" if named.role else named.name


def _is_open(period: Period) -> bool:
    return period.kind is PeriodKind.UNSTATED
