"""`draft` with the real builder: what it writes passes the check, apart from TODO."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path  # noqa: TC003  # a fixture’s type

import geopandas as gpd
import pytest
import shapely

from bench.draft import TEXTS, WORKED, scores
from stories.authoring.draft.parts import Names
from stories.checks import check_atlas
from stories.files.loader import load_atlas
from tests.support.command import main

ARTICLE = WORKED / "qingxi.zh.txt"
TOWNS = {"shiqiao": "石桥镇", "baima": "白马乡", "linhe": "临河街道", "other": "东山镇"}


@pytest.fixture
def boundaries(tmp_path: Path) -> Path:
    return squares(tmp_path / "towns.geojson", TOWNS)


def squares(file: Path, towns: dict[str, str]) -> Path:
    shapes = [shapely.box(8 + i / 10, 47, 8.1 + i / 10, 47.1) for i in range(len(towns))]
    columns = {"CODE": list(towns), "NAME": list(towns.values())}
    gpd.GeoDataFrame(columns, geometry=shapes, crs=4326).to_file(file)
    return file


def draft(article: Path, boundaries: Path, folder: Path, *more: str, name: str = "zh=NAME") -> int:
    build = ["--code", "CODE", "--slug", "CODE", "--name", name]
    words = ["draft", str(article), "--boundaries", str(boundaries), "--to", str(folder)]
    return main([*words, "--date", "2025-05-12", *more, "--", *build])


def test_from_article_to_atlas(
    tmp_path: Path, boundaries: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "qingxi"
    assert draft(ARTICLE, boundaries, folder) == 0
    assert "not understood" in capsys.readouterr().err
    atlas = load_atlas(folder)
    assert [story.town for story in atlas.stories] == ["shiqiao", "baima", "linhe"]
    assert {figure.id for figure in atlas.figures} >= {"county-cny", "county-percent"}
    faults = check_atlas(folder)
    assert not [str(each) for each in faults if "TODO" not in each.what]
    for story in atlas.stories:
        assert story.figures
        for lang in ("zh", "en"):
            raw = (folder / f"{story.town}.{lang}.md").read_text(encoding="utf-8")
            assert all(f"(#figure-{figure.id})" in raw for figure in story.figures)
        assert all(figure.quote and figure.passage for figure in story.figures)
    assert main(["check", str(folder)]) == 0
    report = (folder / "draft-report.txt").read_text(encoding="utf-8")
    assert "潘建国" in report
    assert "figures:" in report


def test_english_article(tmp_path: Path) -> None:
    towns = {"oldbridge": "Oldbridge", "fenwick": "Fenwick Town", "saltley": "Saltley"}
    file = squares(tmp_path / "towns.geojson", towns)
    folder = tmp_path / "marsh"
    assert draft(WORKED / "marsh.en.txt", file, folder, name="en=NAME") == 0
    atlas = load_atlas(folder)
    assert atlas.languages == ("en", "zh")
    assert [story.town for story in atlas.stories] == list(towns)
    assert not [each for each in check_atlas(folder) if "TODO" not in each.what]


def test_a_section_that_may_be_about_two_is_asked(
    tmp_path: Path, boundaries: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article = tmp_path / "a.txt"
    article.write_text(
        "青溪新事\n\n茶香满山\n\n石桥镇有7家企业，白马乡也有3家企业。\n\n"
        "临河街道 新食堂\n\n每天供餐200份。\n",
        encoding="utf-8",
    )
    folder = tmp_path / "atlas"
    assert draft(article, boundaries, folder) == 2
    told = capsys.readouterr().err
    assert "a.txt:3" in told
    assert "--about 3=shiqiao" in told
    assert not folder.exists()
    assert draft(article, boundaries, folder, "--about", "3=baima") == 0
    assert [story.town for story in load_atlas(folder).stories] == ["baima", "linhe"]
    assert draft(article, boundaries, tmp_path / "b", "--about", "3=none") == 0
    assert draft(article, boundaries, tmp_path / "c", "--about", "3=nowhere") == 2


def test_an_article_about_none_of_the_divisions(
    tmp_path: Path, boundaries: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article = tmp_path / "a.txt"
    article.write_text("别处新事\n\n别处有7家企业。\n", encoding="utf-8")
    assert draft(article, boundaries, tmp_path / "atlas") == 2
    assert "no part of it names a division" in capsys.readouterr().err


def test_paragraphs_without_headings_go_by_the_names_in_them(
    tmp_path: Path, boundaries: Path
) -> None:
    article = tmp_path / "a.txt"
    article.write_text(
        "青溪新事\n\n在石桥镇，7家企业开工。\n\n它们有300名员工。\n\n在白马乡，来了50名游客。\n",
        encoding="utf-8",
    )
    assert draft(article, boundaries, tmp_path / "atlas") == 0
    stories = {story.town: story for story in load_atlas(tmp_path / "atlas").stories}
    assert [int(str(each.value)) for each in stories["shiqiao"].figures] == [7, 300]
    assert [each.passage.paragraph for each in stories["baima"].figures if each.passage] == [3]


def test_names_with_and_without_what_they_are() -> None:
    names = Names({"a": "石桥镇", "b": "石桥街道", "c": "白马乡", "d": "南村"}, "zh")
    assert names.in_text("白马的茶") == ("c",)
    assert names.in_text("石桥的茶") == ("a", "b")
    assert names.in_text("石桥镇的茶，石桥人爱喝") == ("a",)
    english = Names({"a": "Oldbridge Town", "b": "Bridge"}, "en")
    assert english.in_text("in Oldbridge") == ("a",)


def helper(tmp_path: Path, answer: str) -> str:
    script = tmp_path / "helper.py"
    script.write_text(
        f"import json, sys\nasked = json.load(sys.stdin)\n{answer}\n", encoding="utf-8"
    )
    return f"{sys.executable} {script}"


def test_a_helper_proposes_texts(tmp_path: Path, boundaries: Path) -> None:
    answer = (
        "head = '# A headline\\n\\nA lead.\\n\\n'\n"
        "texts = {d['slug']: {'en': head + d['texts']['en'].split('\\n\\n', 3)[3]}"
        " for d in asked['divisions']}\nprint(json.dumps({'texts': texts}))"
    )
    folder = tmp_path / "atlas"
    assert draft(ARTICLE, boundaries, folder, "--helper", helper(tmp_path, answer)) == 0
    assert (folder / "baima.en.md").read_text(encoding="utf-8").startswith("# A headline")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (
            "print(json.dumps({'texts': {'baima': {'en': '# A\\n\\nIt has 77777 firms.'}}}))",
            "77777",
        ),
        ("print(json.dumps({'labels': {'baima': {'people': {'en': '9999 people'}}}}))", "9999"),
        ("print(json.dumps({'texts': {'nowhere': {'en': '# A'}}}))", "nowhere"),
        ("print('no json')", "the helper’s answer"),
        ("sys.exit('it broke')", "it broke"),
    ],
)
def test_a_helper_says_nothing_beyond_the_figures(
    tmp_path: Path, boundaries: Path, capsys: pytest.CaptureFixture[str], answer: str, told: str
) -> None:
    folder = tmp_path / "atlas"
    assert draft(ARTICLE, boundaries, folder, "--helper", helper(tmp_path, answer)) == 2
    assert told in capsys.readouterr().err
    assert not folder.exists()


def test_a_helper_that_there_is_not(tmp_path: Path, boundaries: Path) -> None:
    assert draft(ARTICLE, boundaries, tmp_path / "a", "--helper", "/no/such/command") == 2
    assert draft(ARTICLE, boundaries, tmp_path / "a", "--helper", "'") == 2


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, boundaries: Path) -> None:
    folder = tmp_path / "atlas"
    folder.mkdir()
    shutil.copy(ARTICLE, folder / "mine.txt")
    assert draft(ARTICLE, boundaries, folder) == 2
    assert [each.name for each in folder.iterdir()] == ["mine.txt"]


def test_what_is_read_of_articles_is_measured() -> None:
    worked = scores(None, WORKED)
    assert {score.name for score in worked} >= {"qingxi", "marsh"}
    for score in worked:
        assert score.right >= 0.95 * score.expected
        assert score.right >= 0.9 * score.found
        assert score.parts["qualifier"] >= 0.9 * score.right
    assert not any(score.invented for score in [*worked, *scores(None, TEXTS)])


def test_what_the_helper_is_asked(tmp_path: Path, boundaries: Path) -> None:
    kept = tmp_path / "asked.json"
    answer = f"open({str(kept)!r}, 'w').write(json.dumps(asked))\nprint('{{}}')"
    assert draft(ARTICLE, boundaries, tmp_path / "atlas", "--helper", helper(tmp_path, answer)) == 0
    asked = json.loads(kept.read_text(encoding="utf-8"))
    assert asked["language"] == "zh"
    assert [each["slug"] for each in asked["divisions"]] == ["shiqiao", "baima", "linhe"]
    assert all(each["paragraphs"] and each["figures"] for each in asked["divisions"])
