"""Lay out a new atlas: boundaries, one stub per division, and comments that say what goes where."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from faults import nearest
from stories.authoring.boundaries import DIVISIONS_FILE, Boundaries
from stories.authoring.schema import write_schemas
from stories.checks.coverage import STUB
from stories.errors import ScaffoldError
from stories.files.loader import ATLAS_FILE
from stories.model.atlas import MAX_STORIES
from stories.model.division import Division
from stories.wording import Wording

BOUNDARIES = "boundaries"
SCHEMAS = ".schema"
THEMES = (
    ("environment", "eco", "#377049"),
    ("industry", "factory", "#C55018"),
    ("talent", "school", "#1F8EF0"),
    ("investment", "handshake", "#B75294"),
)

_NO_TEXT = ("Cc", "Cf", "Cs", "Cn")
"""Unicode's categories of control characters, invisible marks, halves of characters, and none."""
_ID_LENGTH = 50


@dataclass(frozen=True, slots=True)
class ScaffoldRequest:
    """What the new atlas shall be."""

    folder: Path
    """Where it is laid out; created if need be, otherwise empty."""
    boundaries: Path
    """The boundary file to build from."""
    languages: tuple[str, ...] = ("zh", "en")
    """Languages it is written in, the main one first."""
    towns: tuple[str, ...] = ()
    """Slugs of the divisions that get a stub; none means all of them."""
    build_options: tuple[str, ...] = ()
    """Further options of the boundary build."""


FilesOf = Callable[[ScaffoldRequest, list[Division]], dict[str, str]]
"""Returns the text of each file of a new atlas by name, for the divisions of its boundaries."""


def lay_out(
    order: ScaffoldRequest, boundaries: Boundaries, files_of: FilesOf | None = None
) -> list[Path]:
    """Create an atlas that runs as it is, and return the files an editor will write in.

    The files are those that `files_of` returns, or stubs.

    Raises
    ------
    ScaffoldError
        The folder is not empty, or a division asked for is not in the boundary file.
    BoundariesError
        The boundary file that was built has no division that can have a story.

    Whatever the build raises passes through.
    """
    folder = order.folder.resolve()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ScaffoldError(f"{order.folder}: there is something here already; name a new folder")
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Whatever fails leaves nothing behind.
    with TemporaryDirectory(dir=folder.parent) as nowhere:
        draft = Path(nowhere)  # as deep as the folder, so that relative names in it stay right
        boundary_file = draft / BOUNDARIES / DIVISIONS_FILE
        boundary_file.parent.mkdir(parents=True)
        boundaries.build(order.boundaries, boundary_file, order.build_options)
        files = (files_of or _files)(order, boundaries.divisions(draft, BOUNDARIES))
        for name, text in files.items():
            (draft / name).write_text(text, encoding="utf-8")
        write_schemas(draft / SCHEMAS)
        folder.mkdir(exist_ok=True)
        for each in draft.iterdir():  # one by one, so that the folder may be the one one is in
            each.rename(folder / each.name)
    return [order.folder / name for name in files]


def _files(order: ScaffoldRequest, divisions: list[Division]) -> dict[str, str]:
    """Return the text of each file by name."""
    chosen = _chosen(order.towns, divisions)
    others = [division for division in divisions if division not in chosen]
    files = {ATLAS_FILE: atlas_file(order, chosen, others)}
    for division in chosen:
        files[f"{division.slug}.yaml"] = town_file(order, division)
        for language in order.languages:
            say = sayer(language, order.languages)
            text = render("town.md.jinja", say=say, town=plain_name(division, language))
            files[f"{division.slug}.{language}.md"] = text
    return files


def _chosen(towns: Sequence[str], divisions: list[Division]) -> list[Division]:
    by_slug = {division.slug: division for division in divisions}
    for town in towns:
        if town not in by_slug:
            raise ScaffoldError(f"there is no division {town!r}; {nearest(town, by_slug)}")
    chosen = [by_slug[town] for town in towns] if towns else divisions
    if len(chosen) > MAX_STORIES:
        raise ScaffoldError(
            f"{len(chosen)} divisions would get a story; name up to {MAX_STORIES} with --towns"
        )
    return chosen


def atlas_file(
    order: ScaffoldRequest,
    chosen: Sequence[Division],
    others: Sequence[Division],
    **given: Any,  # noqa: ANN401  # whatever the template takes
) -> str:
    """Return `atlas.yaml`: stubs, but for what is `given`."""
    main = order.languages[0]
    todo = dict.fromkeys(order.languages, STUB)
    title = legible(order.folder.resolve().name) or STUB
    values: dict[str, Any] = {
        "say": sayer(main, order.languages),
        "id": slug_of(title),
        "title": dict.fromkeys(order.languages, title),
        "place": todo,
        "intro": todo,
        "source": todo,
        "source_file": "",
        "languages": order.languages,
        "boundaries": BOUNDARIES,
        "themes": [
            {"id": theme, "icon": icon, "colour": colour, "label": theme_labels(order, theme)}
            for theme, icon, colour in THEMES
        ],
        "figures": (),
        "towns": [{"slug": each.slug, "name": plain_name(each, main)} for each in chosen],
        "others": [{"slug": each.slug, "name": plain_name(each, main)} for each in others],
        "label": dict.fromkeys(order.languages, "…"),
    }
    return render("atlas.yaml.jinja", **values | given)


def theme_labels(order: ScaffoldRequest, theme: str) -> dict[str, str]:
    """Return what a theme is called, by language."""
    return {
        language: sayer(language, order.languages)(f"theme_{theme}") for language in order.languages
    }


def town_file(
    order: ScaffoldRequest,
    division: Division,
    **given: Any,  # noqa: ANN401  # whatever the template takes
) -> str:
    """Return the file of a division's figures: stubs, but for what is `given`."""
    main = order.languages[0]
    values: dict[str, Any] = {
        "say": sayer(main, order.languages),
        "town": {"slug": division.slug, "name": plain_name(division, main)},
        "themes": [THEMES[0][0]],
        "section": dict.fromkeys(order.languages, STUB),
        "figures": (),
        "named": (),
        "label": dict.fromkeys(order.languages, "…"),
    }
    return render("town.yaml.jinja", **values | given)


def plain_name(division: Division, language: str) -> str:
    """Return a division's name in one line."""
    return legible(division.name(language))


def legible(text: str) -> str:
    """Put a text into one line of letters that may stand in any file, also in a comment."""
    kept = (
        letter for letter in " ".join(text.split()) if unicodedata.category(letter) not in _NO_TEXT
    )
    return "".join(kept)


def slug_of(name: str) -> str:
    """Make a name fit for addresses."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower())[:_ID_LENGTH].strip("-")
    return slug if slug[:1].isalpha() else f"atlas-{slug}".strip("-")


def sayer(language: str, order: Sequence[str]) -> Callable[..., str]:
    """Return what says the catalogue's words about new atlases."""
    wording = Wording(language, order)
    return lambda key, **values: wording.text(f"scaffold.{key}", **values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("stories.authoring", "stubs"),
        autoescape=False,  # noqa: S701  # YAML and Markdown, not HTML
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["yaml"] = _yaml
    return environment


def _yaml(value: str | Sequence[str] | Mapping[str, str]) -> str:
    """Write a value in one line of YAML.

    Texts stand in quotation marks whatever they are, as codes such as 01001 or 1e5, and words
    such as `on`, would else be read as something else by one program or another.
    """
    emitter = YAML()
    emitter.default_flow_style = True
    emitter.width = 10**9
    stream = StringIO()
    emitter.dump(_quoted(value), stream)
    return stream.getvalue().removesuffix("\n")


def _quoted(value: str | Sequence[str] | Mapping[str, str]) -> object:
    if isinstance(value, str):
        return DoubleQuotedScalarString(value)
    if isinstance(value, Mapping):
        return {key: DoubleQuotedScalarString(text) for key, text in value.items()}
    return list(value)


def render(template: str, **values: Any) -> str:  # noqa: ANN401  # whatever a template takes
    """Fill a template of the folder ``stubs``."""
    return _environment().get_template(template).render(**values)
