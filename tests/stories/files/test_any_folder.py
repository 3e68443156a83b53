"""Whatever stands in the files: an atlas or faults, never a crash; and schemas that agree."""

from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faults import Severity
from stories.authoring.schema import schemas
from stories.checks import check_atlas
from stories.errors import AtlasError
from stories.files.loader import load_atlas
from stories.files.yaml import read_yaml

FILES = ["atlas.yaml", "east.yaml", "east.zh.md", "east.en.md"]
DEQING = Path(__file__).parents[3] / "stories" / "data" / "deqing"
SNIPPETS = st.text(max_size=20) | st.sampled_from(
    ["", "\n", "  ", ": ", "- ", "[", "]", "{}", "null", "0", "-1", "1e9", "2024", "*a", "&a ", "é"]
)


def loads(folder: Path) -> bool:
    try:
        load_atlas(folder)
    except AtlasError:
        return False
    return True


@given(
    name=st.sampled_from(FILES),
    begin=st.integers(0, 700),
    length=st.integers(0, 40),
    snippet=SNIPPETS,
)
def test_any_edit_gives_an_atlas_or_faults(
    small_files: dict[str, str], name: str, begin: int, length: int, snippet: str
) -> None:
    with TemporaryDirectory() as path:
        folder = Path(path)
        for each, text in small_files.items():
            if each == name:
                text = text[:begin] + snippet + text[begin + length :]  # noqa: PLW2901
            (folder / each).write_bytes(text.encode("utf-8", "surrogatepass"))
        found = check_atlas(folder, ["east"])
        assert all(fault.line >= 1 and fault.column >= 1 for fault in found)
        assert loads(folder) or any(fault.severity is Severity.ERROR for fault in found)


def test_the_bundled_files_fit_the_schemas() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    atlas, story, *_ = schemas().values()
    for path in sorted(DEQING.glob("*.yaml")):
        schema = atlas if path.name == "atlas.yaml" else story
        jsonschema.validate(read_yaml(path.read_text("utf-8"), path.name).data, schema)


@pytest.mark.parametrize(
    ("place", "wrong"),
    [
        (("themes",), []),
        (("town",), "East Town"),
        (("figures", 0, "unit"), ["people"]),
        (("figures", 0, "period"), "last year"),
        (("figures", 0, "passage", "paragraph"), 0),
        (("figures", 0, "colour"), "red"),
    ],
)
def test_the_schema_refuses_what_the_models_refuse(
    small_files: dict[str, str], place: tuple[str | int, ...], wrong: object
) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    data = read_yaml(small_files["east.yaml"], "east.yaml").data
    inner = data = {**data, "figures": [dict(figure) for figure in data["figures"]]}
    inner["figures"][0]["passage"] = dict(inner["figures"][0]["passage"])
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = wrong
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, schemas()["story.schema.json"])


def test_a_hundred_towns_load(tmp_path: Path, small_files: dict[str, str]) -> None:
    towns = [f"town-{number}" for number in range(100)]
    atlas = small_files["atlas.yaml"].replace("stories: [east]", f"stories: [{', '.join(towns)}]")
    (tmp_path / "atlas.yaml").write_text(atlas, encoding="utf-8")
    for town in towns:
        text = small_files["east.yaml"].replace("town: east", f"town: {town}")
        (tmp_path / f"{town}.yaml").write_text(text, encoding="utf-8")
        (tmp_path / f"{town}.zh.md").write_text(small_files["east.zh.md"], encoding="utf-8")
    stories = load_atlas(tmp_path).stories
    assert [story.town for story in stories] == towns
    assert stories[-1].figures[0].value == Decimal(12)
