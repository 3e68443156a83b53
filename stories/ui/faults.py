"""What the page says of an atlas whose files are not whole, or of one that was never whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from markupsafe import Markup

from faults import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from faults import Fault
    from stories.wording import Wording

STYLES = Path(__file__).parents[1] / "view" / "assets" / "faults.css"
_LINE = Markup('<li class="{}"><code>{}</code> {}</li>')
_BOX = Markup(
    '<section class="faults {}" lang="{}" role="status"><h2>{}</h2><p>{}</p><ul lang="en">{}</ul>'
    "</section>"
)


def draw_faults(wording: Wording, faults: Sequence[Fault], saying: str) -> None:
    """Name every fault by file and line.

    Parameters
    ----------
    wording
        The page's language; what is wrong is said in English, as on the command line.
    faults
        What is wrong; nothing is drawn where nothing is.
    saying
        Key of the line that says what the page shows all the same.
    """
    if not faults:
        return
    st.html(STYLES)
    st.html(faults_html(wording, faults, saying))


def faults_html(wording: Wording, faults: Sequence[Fault], saying: str) -> str:
    """Draw a list of faults, those first with which the atlas cannot be shown."""
    ordered = sorted(faults, key=lambda fault: (fault.severity is Severity.WARNING, fault))
    lines = Markup("").join(
        _LINE.format(each.severity, each.place, each.message) for each in ordered
    )
    title = wording.plural("preview.faults", len(faults))
    words = wording.text(saying)
    return str(_BOX.format(ordered[0].severity, wording.lang, title, words, lines))
