"""Whether this server has something to show, for who sends readers to it or watches over it.

Streamlit's own ``/_stcore/health`` says no more than that the process lives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from serving.store.catalogue import Catalogue
    from serving.store.snapshot import AtlasState

WHOLE, OLD, NONE = "whole", "old", "none"
"""Its files are shown as they are; what was last whole is shown; nothing is."""
FAULTS_TOLD = 3
NOTHING = "there is no atlas in the folder that the server was given (ATLAS)"


def readiness(catalogue: Catalogue, *, strict: bool = False) -> tuple[bool, dict[str, Any]]:
    """Return whether readers can be sent here, and how each atlas stands.

    Parameters
    ----------
    catalogue
        The atlases.
    strict
        Whether what is shown has to be what the files say now. Else it is enough that one atlas
        can be shown, be it as it last was whole: no server is taken away from its readers because
        an editor is in the middle of a sentence.
    """
    states = [(entry.name, entry.state) for entry in catalogue.entries()]
    atlases = [{"atlas": name, **_state(state)} for name, state in states]
    found = [each["status"] for each in atlases]
    status = next((each for each in (NONE, OLD) if each in found), WHOLE) if found else NONE
    is_ready = status == WHOLE if strict else any(each != NONE for each in found)
    answer: dict[str, Any] = {"ready": is_ready, "status": status, "atlases": atlases}
    return is_ready, answer if found else {**answer, "reason": NOTHING}


def _state(state: AtlasState) -> dict[str, Any]:
    if state.is_whole:
        return {"status": WHOLE}
    told = [str(fault) for fault in state.faults[:FAULTS_TOLD]]
    count = {"more": len(state.faults) - len(told)} if len(state.faults) > len(told) else {}
    return {"status": OLD if state.snapshot else NONE, "faults": told, **count}
