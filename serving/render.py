"""The templates of this package; everything is escaped."""

from __future__ import annotations

from stories.view import render as templates


def render(template: str, **values: object) -> str:
    """Fill a template."""
    return templates.render("serving", template, **values)
