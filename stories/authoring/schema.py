"""JSON Schemas of the file kinds, made from the models, for completion in editors."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from stories.model.atlas import AtlasFile, Figure, StoryFile, Texts
from stories.model.text import inner_model

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, dict[str, Any]]:
    """Return the schema of each file kind by the name of its file."""
    made = {
        "atlas.schema.json": AtlasFile.model_json_schema(),
        "story.schema.json": StoryFile.model_json_schema(),
        "figures-row.schema.json": _row_schema(),
    }
    return {name: {"$schema": _DRAFT, **schema} for name, schema in made.items()}


def write_schemas(folder: Path) -> list[Path]:
    """Write every schema into `folder` and return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, schema in schemas().items():
        path = folder / name
        path.write_text(json.dumps(schema, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        written.append(path)
    return written


def csv_columns() -> Iterator[tuple[str, str, bool]]:
    """Yield each column that a figures CSV may have: name, description, whether it is needed.

    ``<language>`` stands for any language tag.
    """
    yield from _columns(Figure, "", needed=True)


def _columns(
    model: type[BaseModel], prefix: str, *, needed: bool
) -> Iterator[tuple[str, str, bool]]:
    for name, field in model.model_fields.items():
        column = f"{prefix}{field.alias or name}"
        inner = inner_model(field.annotation)
        must = needed and field.is_required()
        if inner is Texts:
            yield f"{column}.<language>", field.description or "", must
        elif inner is not None and inner.__name__ != "Period":
            yield from _columns(inner, f"{column}.", needed=must)
        else:
            yield column, field.description or "", must


def _row_schema() -> dict[str, Any]:
    columns = list(csv_columns())
    plain = {name: text for name, text, _ in columns if "<" not in name}
    texts = {name.partition("<")[0]: text for name, text, _ in columns if "<" in name}
    return {
        "title": "A row of <town>.figures.csv",
        "type": "object",
        "properties": {name: _cell(text) for name, text in plain.items()},
        "patternProperties": {
            f"^{name.replace('.', '[.]')}[A-Za-z0-9-]+$": _cell(text)
            for name, text in texts.items()
        },
        "required": [name for name, _, needed in columns if needed and "<" not in name],
        "additionalProperties": False,
    }


def _cell(description: str) -> dict[str, str]:
    return {"type": "string", "description": description}
