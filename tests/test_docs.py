"""What the documents say is where: paths, modules, links and make targets."""

from __future__ import annotations

import re
from pathlib import Path
from pkgutil import resolve_name

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = [
    *ROOT.glob("*.md"),
    *ROOT.glob("docs/*.md"),
    *ROOT.glob("geo/recipes/*/inputs/*.md"),
]
ARCHITECTURE = ROOT / "docs" / "architecture.md"
OLD_NAMES = "\n## Old names\n"
TOP = "|".join(
    re.escape(path.name) for path in ROOT.iterdir() if path.name not in {".git", ".venv"}
)
MODULE = re.compile(r"(?:geo|stories|serving|bench)(?:\.[A-Za-z_]\w*)+")
PATH = re.compile(rf"(?:{TOP})(?:/[\w.@-]+)*/?")


def named(text: str) -> set[str]:
    """What stands between single backticks, and the files that fenced commands name."""
    fenced = re.findall(r"^```.*?^```", text, re.DOTALL | re.MULTILINE)
    rest = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    return set(re.findall(r"`([^`\n]+)`", rest)) | set(" ".join(fenced).split())


def current(document: Path) -> str:
    """A document without the names that are no longer in use."""
    text = document.read_text(encoding="utf-8")
    if document != ARCHITECTURE:
        return text
    text, _, old = text.partition(OLD_NAMES)
    return text + "\n".join(line.rpartition("| ")[2] for line in old.splitlines())


def is_there(dotted: str) -> bool:
    """Whether a dotted name is a module, or stands in one."""
    try:
        resolve_name(dotted)
    except (ImportError, AttributeError):
        return False
    return True


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_path_module_and_target_that_a_document_names_is_there(document: Path) -> None:
    names = named(current(document))
    paths = {name for name in names if "/" in name and PATH.fullmatch(name)}
    assert [name for name in sorted(paths) if not (ROOT / name).exists()] == []
    modules = {name for name in names if MODULE.fullmatch(name) and not (ROOT / name).exists()}
    assert [name for name in sorted(modules) if not is_there(name)] == []
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    wanted = {name.split()[1] for name in names if re.fullmatch(r"make [a-z]+", name)}
    assert wanted <= targets


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_within_the_repository_leads_somewhere(document: Path) -> None:
    words = re.sub(r"`[^`\n]+`", "", document.read_text(encoding="utf-8"))  # signs that are shown
    links = re.findall(r"\]\(([^)\s]+)\)", words)
    inside = [link.partition("#")[0] for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in inside if link and not (document.parent / link).exists()] == []


def test_every_name_of_the_architecture_is_one_of_the_code() -> None:
    folders = ("faults", "geo", "stories", "serving")
    files = [
        *ROOT.glob("*.py"),
        *(file for each in folders for file in ROOT.glob(f"{each}/**/*.py")),
        *(file for each in folders for file in ROOT.glob(f"{each}/**/scripts/*.*s")),
    ]
    text = "\n".join(f"{file.relative_to(ROOT)} {file.read_text('utf-8')}" for file in files)
    words = set(re.findall(r"\w+", text))
    names = {name for name in named(current(ARCHITECTURE)) if re.fullmatch(r"[A-Za-z_.]+", name)}
    assert "SnapshotStore" in names
    assert {part for name in names if "/" not in name for part in name.split(".")} - words == set()


def test_no_old_name_has_come_back() -> None:
    table = ARCHITECTURE.read_text(encoding="utf-8").partition(OLD_NAMES)[2].splitlines()
    old = [name for line in table for name in named(line.rpartition("| ")[0])]
    files = [name for name in old if name.endswith(".py")]
    assert len(files) > 50
    assert [name for name in files if (ROOT / name).exists()] == []
