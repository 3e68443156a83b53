"""JSON Schemas of the file kinds, made from the models, for completion in editors."""

import json
from pathlib import Path
from typing import Any

from stories.authoring.words import words_schema
from stories.files.tables.columns import LANGUAGE, Columns
from stories.files.tables.figures import FIGURE_COLUMNS
from stories.files.tables.metrics import METRIC_COLUMNS
from stories.model.atlas import AtlasFile, StoryFile

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, dict[str, Any]]:
    """Return the schema of each file kind by the name of its file."""
    made = {
        "atlas.schema.json": AtlasFile.model_json_schema(),
        "story.schema.json": StoryFile.model_json_schema(),
        "words.schema.json": words_schema(),
        "figures-row.schema.json": _row_schema(FIGURE_COLUMNS, "<town>.figures.csv"),
        "metrics-row.schema.json": _row_schema(METRIC_COLUMNS, "metrics.csv"),
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


def _row_schema(columns: Columns, file: str) -> dict[str, Any]:
    words = [column for column in columns.all if LANGUAGE in column.name]
    plain = [column for column in columns.all if LANGUAGE not in column.name]
    return {
        "title": f"A row of {file}",
        "type": "object",
        "properties": {each.name: _cell(each.description) for each in plain},
        "patternProperties": {
            f"^{each.name.removesuffix(LANGUAGE).replace('.', '[.]')}[A-Za-z0-9-]+$": _cell(
                each.description
            )
            for each in words
        },
        "required": [each.name for each in plain if each.needed],
        "additionalProperties": False,
    }


def _cell(description: str) -> dict[str, str]:
    return {"type": "string", "description": description}
