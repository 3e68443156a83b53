"""Write faults down: for people, for programs, and for code hosts."""

import json
from collections.abc import Sequence
from enum import StrEnum

from faults import Fault, Severity


class Format(StrEnum):
    """How faults are written down."""

    TEXT = "text"
    """One line each, ``file:line:column: severity: what; mend``, or without a line."""
    JSON = "json"
    """A list of objects."""
    GITHUB = "github"
    """Workflow commands, which GitHub, Gitea and Forgejo show beside the line."""


def report(faults: Sequence[Fault], form: Format) -> str:
    """Return `faults` written down, or an empty text where there is nothing to say."""
    if form is Format.JSON:
        return json.dumps([_entry(fault) for fault in faults], ensure_ascii=False, indent=1)
    line = _command if form is Format.GITHUB else _line
    return "\n".join(map(line, faults))


def exit_code(faults: Sequence[Fault], *, strict: bool) -> int:
    """Return 2 where there are errors, 1 where there are warnings and `strict` asks, else 0."""
    severities = {fault.severity for fault in faults}
    if Severity.ERROR in severities:
        return 2
    return 1 if strict and severities else 0


def _line(fault: Fault) -> str:
    return f"{fault.place}: {fault.severity}: {fault.message}"


def _entry(fault: Fault) -> dict[str, str | int]:
    return {
        "file": fault.file,
        "line": fault.line,
        "column": fault.column,
        "severity": fault.severity.value,
        "what": fault.what,
        "mend": fault.mend,
    }


def _command(fault: Fault) -> str:
    file = _escaped(fault.file).replace(":", "%3A").replace(",", "%2C")
    line = f",line={fault.line},col={fault.column}" if fault.line else ""
    return f"::{fault.severity} file={file}{line}::{_escaped(fault.message)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
