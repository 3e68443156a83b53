"""The templates of this package; everything is escaped."""

from __future__ import annotations

from stories import templating


def render(template: str, **values: object) -> str:
    """Fill a template."""
    return templating.render("serving", template, **values)
