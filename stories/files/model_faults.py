"""Turn what pydantic finds into faults that an editor can act on."""

import re

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from faults import Fault, and_more, nearest, shown
from stories.errors import BadValueError
from stories.files.unit_names import unit_mend
from stories.files.yaml import Loc, YamlSource
from stories.model.text import inner_model

MOST_LOOKED_AT = 5_000
"""Errors that become faults: those of a full table, which are then told once for each column."""


def faults_of(error: ValidationError, source: YamlSource, model: type[BaseModel]) -> list[Fault]:
    """Return one fault per error, each where the offending key or value stands."""
    found = error.errors(include_url=False)
    said = [_fault(details, source, model) for details in found[:MOST_LOOKED_AT]]
    left = len(found) - len(said)
    return [*said, and_more(left, said[-1])] if left else said


def _fault(details: ErrorDetails, source: YamlSource, model: type[BaseModel]) -> Fault:
    loc: Loc = details["loc"]
    name = next((part for part in reversed(loc) if isinstance(part, str)), "the file")
    found, context = details["input"], details.get("ctx", {})
    match details["type"]:
        case "missing":
            loc, what, mend = loc[:-1], f"{name!r} is missing", f"add `{name}:` here"
        case "extra_forbidden":
            what, mend = f"unknown key {name!r}", nearest(name, _keys_at(model, loc[:-1]))
        case "enum":
            known = re.findall(r"'([^']+)'", context["expected"])
            what, mend = (
                f"{shown(found)} is no {name}",
                nearest(found if isinstance(found, str) else shown(found), known),
            )
        case "string_type":
            what = f"{name!r} takes text, not {shown(found)}"
            mend = "put it in quotation marks, or fill it in"
        case "string_pattern_mismatch":
            what = f"{name!r} does not take {shown(found)}"
            mend = f"it has the form {context['pattern']}"
        case "unit":
            what, mend = f"{shown(found)} is no unit", unit_mend(found, context["own"])
        case "value_error" if isinstance(context["error"], BadValueError):
            what, mend = context["error"].what, context["error"].mend
        case _:
            what = f"{name!r}: {details['msg'][0].lower()}{details['msg'][1:]}"
            mend = f"found {shown(found)}; see docs/atlas-format.md"
    at_key = details["type"] == "extra_forbidden" or loc[-1:] == ("[key]",)
    return source.fault(loc, what, mend, at_key=at_key)


def _keys_at(model: type[BaseModel], loc: Loc) -> list[str]:
    """Return the keys that the model knows at `loc`."""
    for part in loc:
        fields = model.model_fields.items()
        field = next((info for name, info in fields if part in {name, info.alias}), None)
        model = (field and inner_model(field.annotation)) or model
    return [info.alias or name for name, info in model.model_fields.items()]
