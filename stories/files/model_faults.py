"""Turn what pydantic finds into faults that an editor can act on."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from stories.errors import Fault
from stories.files.yaml import Loc, YamlSource
from stories.model.text import inner_model


def faults_of(error: ValidationError, source: YamlSource, model: type[BaseModel]) -> list[Fault]:
    """Return one fault per error, each where the offending key or value stands."""
    return [_fault(details, source, model) for details in error.errors(include_url=False)]


def nearest(word: str, known: Iterable[str], otherwise: str | None = None) -> str:
    """Return the mend for an unknown word: the nearest known one, or else all of them.

    Where they are too many to name, `otherwise` stands in for them.
    """
    names = list(known)
    close = get_close_matches(word, names, n=1, cutoff=0.5)
    if close:
        return f"did you mean {close[0]!r}?"
    return otherwise or f"known here: {', '.join(names) or 'none'}"


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
            what, mend = f"{found!r} is no {name}", nearest(str(found), known)
        case "string_type":
            what = f"{name!r} takes text, not {_shown(found)}"
            mend = "put it in quotation marks, or fill it in"
        case "string_pattern_mismatch":
            what = f"{name!r} does not take {_shown(found)}"
            mend = f"it has the form {context['pattern']}"
        case "value_error":
            what, _, mend = str(context["error"]).partition("; ")
            mend = mend or "change it to what the reference allows"
        case _:
            what = f"{name!r}: {details['msg'][0].lower()}{details['msg'][1:]}"
            mend = f"found {_shown(found)}; see docs/atlas-format.md"
    at_key = details["type"] == "extra_forbidden" or loc[-1:] == ("[key]",)
    return source.fault(loc, what, mend, at_key=at_key)


def _shown(found: object) -> str:
    if found is None:
        return "nothing"
    if isinstance(found, dict | list):
        return "a mapping" if isinstance(found, dict) else "a list"
    return repr(found) if isinstance(found, str) else str(found)


def _keys_at(model: type[BaseModel], loc: Loc) -> list[str]:
    """Return the keys that the model knows at `loc`."""
    for part in loc:
        fields = model.model_fields.items()
        field = next((info for name, info in fields if part in {name, info.alias}), None)
        model = (field and inner_model(field.annotation)) or model
    return [info.alias or name for name, info in model.model_fields.items()]
