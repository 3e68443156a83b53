"""The commands: what they print, write and return."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from faults import Fault, Severity
from stories.authoring.boundaries import Boundaries
from stories.authoring.reference import reference
from stories.authoring.report import Format, exit_code, report
from stories.authoring.schema import schemas
from stories.checks import check_atlas
from stories.errors import BoundariesError
from stories.files.loader import load_atlas
from stories.model.division import Division
from tests.support.command import main

REPO = Path(__file__).parents[3]
FAULTS = [
    Fault("100% wrong", "mend it", file="a,b/atlas.yaml", line=3, column=5),
    Fault("井", "write it", file="a/east.zh.md", line=1, severity=Severity.WARNING),
]


DIVISIONS = [
    {"slug": "east", "name_zh": "东镇", "name_en": "East"},
    {"slug": "330502", "name_zh": "西\n镇"},
    {"slug": "north", "name_zh": "北镇"},
]


def boundaries(divisions: Sequence[Mapping[str, str]] = DIVISIONS) -> Boundaries:
    """Stand in for the half of the program that knows shapes."""

    def build(file: Path, out: Path, options: Sequence[str]) -> None:
        if not file.exists():
            raise BoundariesError([Fault("no such file", "check the name", file=str(file))])
        assert options == ("--within", "3305")
        out.touch()

    def lookup(folder: Path, name: str) -> list[Division]:
        if not (folder / name / "divisions.geojson").exists():
            raise BoundariesError([Fault(f"there is no boundary set {name!r}", "make it")])
        status = {"boundary_status": "unknown"}
        return [Division.from_properties(each["slug"], {**each, **status}) for each in divisions]

    return Boundaries(build, lookup, lambda _files: ())


def new(folder: Path, *more: str, divisions: Sequence[Mapping[str, str]] = DIVISIONS) -> int:
    shapes = folder.parent / "shapes.gpkg"
    shapes.touch()
    words = ["new", str(folder), "--boundaries", str(shapes), *more, "--", "--within", "3305"]
    return main(words, boundaries(divisions))


def test_a_new_atlas_runs_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "My Atlas"
    assert new(folder, "--towns", "east,330502", "--languages", "zh,en,fr") == 0
    atlas = load_atlas(folder)
    assert atlas.id == "my-atlas"
    assert [story.town for story in atlas.stories] == ["east", "330502"]
    assert set(atlas.stories[0].texts) == {"zh", "en", "fr"}
    faults = check_atlas(folder, [division["slug"] for division in DIVISIONS])
    assert {fault.severity for fault in faults} == {Severity.WARNING}
    assert all("TODO" in fault.what or "no story has the theme" in fault.what for fault in faults)


def test_all_divisions_get_a_stub_unless_some_are_asked_for(tmp_path: Path) -> None:
    assert new(tmp_path / "all") == 0
    assert len(load_atlas(tmp_path / "all").stories) == 3


def test_what_cannot_be_laid_out_leaves_nothing_behind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new(tmp_path / "x", "--towns", "eats") == 2
    assert "there is no division 'eats'; did you mean 'east'?" in capsys.readouterr().err
    gone = ["new", str(tmp_path / "x"), "--boundaries", str(tmp_path / "gone.shp")]
    assert main(gone, boundaries()) == 2
    assert "gone.shp: no such file" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["shapes.gpkg"]
    assert new(tmp_path) == 2
    assert "there is something here already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("slugs", "said"),
    [
        (["../x"], "choose with --slug a column"),
        ([f"town-{number}" for number in range(101)], "101 divisions would get a story"),
    ],
)
def test_divisions_that_cannot_have_stories(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], slugs: list[str], said: str
) -> None:
    assert new(tmp_path / "x", divisions=[{"slug": slug, "name_zh": slug} for slug in slugs]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    ("languages", "said"),
    [("zh,qq", "no language is called 'qq'; give tags"), (",", "name at least one language")],
)
def test_languages_that_cannot_be_meant(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], languages: str, said: str
) -> None:
    assert new(tmp_path / "x", "--languages", languages) == 2
    assert said in capsys.readouterr().err


def test_the_bundled_atlas_passes_the_strict_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(REPO / "stories" / "data" / "deqing"), "--strict"]) == 0
    assert capsys.readouterr().out == ""


def test_check_returns_0_1_or_2(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = small / "small" / "divisions.geojson"
    file.parent.mkdir()
    file.touch()

    def check(*more: str) -> int:
        return main(["check", str(small), *more], boundaries(DIVISIONS[:1]))

    assert check("--strict") == 0
    source = small.parent / "source.txt"
    source.write_text("东镇\n\n没有井。\n", encoding="utf-8")
    assert check("--source", str(source)) == 0
    assert check("--source", str(source), "--strict") == 1
    assert "east.yaml:12:12: warning: paragraph 1 does not say" in capsys.readouterr().out
    file.unlink()
    assert check() == 2
    assert "atlas.yaml:6:13: error: there is no boundary set 'small'" in capsys.readouterr().out
    assert check("--format", "json") == 2
    assert json.loads(capsys.readouterr().out)[0]["what"] == "there is no boundary set 'small'"


def test_check_names_a_source_that_cannot_be_read(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(small), "--source", str(small / "gone")]) == 2
    assert "does not exist" in capsys.readouterr().err
    (small / "source.txt").write_bytes("井".encode("gbk"))
    assert main(["check", str(small), "--source", str(small / "source.txt")]) == 2
    assert "source.txt: cannot be read as UTF-8 text; save it" in capsys.readouterr().err


def test_check_without_a_folder_takes_the_one_it_is_in(
    small: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(small)
    main(["check"])
    assert "atlas.yaml:6:13: error: there is no boundary set 'small'" in capsys.readouterr().out
    monkeypatch.chdir(small.parent)
    assert main(["check", "--strict"]) == 0


def test_reports() -> None:
    assert report(FAULTS, Format.TEXT).splitlines() == [
        "a,b/atlas.yaml:3:5: error: 100% wrong; mend it",
        "a/east.zh.md:1:1: warning: 井; write it",
    ]
    assert report(FAULTS, Format.GITHUB).splitlines() == [
        "::error file=a%2Cb/atlas.yaml,line=3,col=5::100%25 wrong; mend it",
        "::warning file=a/east.zh.md,line=1,col=1::井; write it",
    ]
    assert json.loads(report(FAULTS, Format.JSON))[1] == {
        "file": "a/east.zh.md", "line": 1, "column": 1,
        "severity": "warning", "what": "井", "mend": "write it",
    }  # fmt: skip
    assert report([], Format.TEXT) == ""


def test_exit_codes() -> None:
    assert exit_code([], strict=True) == 0
    assert exit_code(FAULTS[1:], strict=False) == 0
    assert exit_code(FAULTS[1:], strict=True) == 1
    assert exit_code(FAULTS, strict=False) == 2


def test_schemas_are_written_and_know_the_keys(tmp_path: Path) -> None:
    assert main(["schema", str(tmp_path / "schemas")]) == 0
    for name, schema in schemas().items():
        assert json.loads((tmp_path / "schemas" / name).read_text("utf-8")) == schema
    atlas, story, words, row, metric_row = schemas().values()
    assert words["properties"]["page"]["properties"]["filter"]["type"] == "string"
    assert "no_story" in atlas["properties"]
    assert story["$defs"]["Figure"]["properties"]["computed"]
    assert story["$defs"]["Computation"]["required"] == ["formula", "from"]
    assert "baseline.period" in row["properties"]
    assert "^label[.][A-Za-z0-9-]+$" in row["patternProperties"]
    assert atlas["$defs"]["Metric"]["properties"]["classes"]
    assert metric_row["required"] == ["metric", "division", "period", "value"]


def test_the_reference_in_the_docs_is_the_program_s(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reference"]) == 0
    printed = capsys.readouterr().out
    assert printed == reference()
    assert (REPO / "docs" / "atlas-format.md").read_text(encoding="utf-8") == printed
