"""An atlas's own words for the page: read, held against the page's, and written to be filled in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from stories.authoring.schema import schemas
from stories.authoring.words import words_file
from stories.checks import check_atlas
from stories.checks.words import borrowed_words
from stories.files.loader import load_atlas, read_atlas
from stories.files.yaml import read_yaml
from stories.model.words import Levels
from stories.wording import Wording
from stories.wording.catalogues import FORMS, page_words, plural_forms
from tests.serving.conftest import application
from tests.support.command import main
from tests.support.spanish_atlas import write_spanish_atlas

if TYPE_CHECKING:
    from pathlib import Path

ATLAS = """\
id: small
title: {TAG: Kleine atlas}
place: {TAG: Oost}
intro: {TAG: Putten.}
languages: [TAG]
boundaries: small
themes:
  - {id: water, label: {TAG: Water}, icon: eco, colour: "#0072B2"}
stories: [east]
source: {title: {TAG: Een bericht}}
"""


def atlas(folder: Path, lang: str, words: str | None = None, more: str = "") -> Path:
    (folder / "atlas.yaml").write_text(ATLAS.replace("TAG", lang) + more, encoding="utf-8")
    (folder / "east.yaml").write_text("town: east\nthemes: [water]\n", encoding="utf-8")
    (folder / f"east.{lang}.md").write_text("# Oost\n\nEen put.\n\nEn nog een.\n", "utf-8")
    if words is not None:
        (folder / f"words.{lang}.yaml").write_text(words, encoding="utf-8")
    return folder


def said(folder: Path) -> str:
    return "\n".join(str(fault) for fault in check_atlas(folder))


def test_an_atlas_says_the_page_in_its_own_words(tmp_path: Path) -> None:
    words = 'page:\n  filter: "Kies een thema"\n  other_towns: {one: "nog {n} {divisions}", '
    words += 'other: "nog {n} {divisions}"}\nkinds:\n  parish: "parochie"\n'
    more = "levels:\n  division: {nl: {one: gemeente, other: gemeenten}}\n"
    page = Wording.of(load_atlas(atlas(tmp_path, "nl", words, more)), "nl")
    assert page.text("page.filter") == "Kies een thema"
    assert page.plural("page.other_towns", 1) == "nog 1 gemeente"
    assert page.plural("page.other_towns", 3) == "nog 3 gemeenten"
    assert page.section("kinds")["parish"] == "parochie"
    assert page.text("page.language") == "Language"


def test_an_atlas_overrides_words_that_the_program_has(tmp_path: Path) -> None:
    loaded = load_atlas(atlas(tmp_path, "de-CH", 'page: {filter: "Thema wählen"}'))
    page = Wording.of(loaded, "de-CH")
    assert page.text("page.filter") == "Thema wählen"


WRONG = """
page: {filtr: "x"}                       | 1:8: unknown key 'filtr'; did you mean 'filter'?
pages: {filter: "x"}                     | 1:1: unknown key 'pages'; did you mean 'page'?
page: {no_story: "x"}                    | 1:8: unknown key 'no_story'; it stands under
scaffold: {lead: "x"}                    | 1:1: unknown key 'scaffold'
levels: {county: "x"}                    | 1:1: the parts of an atlas are named in atlas.yaml
page: "x"                                | 1:7: 'page' takes words by their keys, not 'x'
page: {filter: 3}                        | 1:16: 'filter' takes text, not 3; put it in
page: {filter: ""}                       | 1:16: 'filter' is empty; fill it in, or take the line out
page: {filter: {one: "x"}}               | 1:8: 'filter' is never counted, so it has no plural
start: {stories: {one: "x", other: "y"}} | 1:9: the plural forms 'few', 'many' are missing
start: {stories: {one: "x", few: "y", many: "z", two: "w"}} | 1:50: 'two' is no plural form of ru
tour: {previous: "{tow}"}                | 1:18: there is no placeholder '{tow}' here; did you
tour: {previous: "{town!r}"}             | 1:18: there is no placeholder '{town!r}' here
tour: {previous: "{town:>99999999}"}     | 1:18: there is no placeholder '{town:>99999999}' here
tour: {previous: "{town.__class__}"}     | 1:18: there is no placeholder '{town.__class__}' here
tour: {previous: "{town"}                | 1:18: a { or } stands alone; close the
"""


@pytest.mark.parametrize("line", WRONG.strip().splitlines())
def test_a_wrong_word_is_told_with_its_place_and_mend(line: str, tmp_path: Path) -> None:
    words, _, fault = (part.strip() for part in line.partition(" | "))
    place, _, what = fault.partition(": ")
    faults = read_atlas(atlas(tmp_path, "ru", words)).faults
    assert [str(each).startswith(f"{tmp_path.as_posix()}/words.ru.yaml:{place}: {what}")
            for each in faults] == [True], faults  # fmt: skip


def test_the_check_says_once_for_a_language_what_is_borrowed(tmp_path: Path) -> None:
    told = said(atlas(tmp_path, "nl"))
    every = len(borrowed_words("nl", {}, Levels()))
    assert told.count("words of the page") == 1
    what = f"all {every} words of the page are not there in 'nl' and stand in 'en': address."
    assert f"atlas.yaml:5:13: {what}" in told
    assert (
        f"`story-atlas words {tmp_path.as_posix()} --lang nl` puts them into words.nl.yaml" in told
    )
    told = said(atlas(tmp_path, "nl", 'page: {filter: "Thema"}'))
    assert f"{every - 1} of the {every} words of the page are not there in 'nl'" in told
    assert "--print` lists them" in told
    assert "words of the page" not in said(atlas(tmp_path, "es"))


@pytest.mark.parametrize(
    ("lang", "is_borrowed"),
    [("zh-Hant", True), ("zh-TW", True), ("zh-Hans", False), ("zh-CN", False), ("pt-BR", False),
     ("de-CH", False), ("es-419", False)],
)  # fmt: skip
def test_words_in_another_script_are_borrowed(
    lang: str, *, is_borrowed: bool, tmp_path: Path
) -> None:
    told = said(atlas(tmp_path, lang))
    assert ("words of the page are not there" in told) == is_borrowed
    if is_borrowed:
        assert f"not there in {lang!r} and stand in 'zh'" in told
        assert f"--lang {lang}` puts them into words.{lang}.yaml" in told


@pytest.mark.parametrize("lang", ["nl", "ar", "ru", "zh-Hant", "nan"])
def test_the_file_to_fill_in_is_whole_once_it_is_filled_in(lang: str, tmp_path: Path) -> None:
    keys = [(section, key) for section, texts in page_words().items() for key in texts]
    text = words_file(lang, keys)
    assert read_yaml(text, "words.yaml").faults == ()
    filled = text.replace("\n  # ", "\n  ")
    names = {level: {lang: dict.fromkeys(plural_forms(lang), "x")} for level in
             ("county", "division", "story")}  # fmt: skip
    read = read_atlas(atlas(tmp_path, lang, filled, f"levels: {json.dumps(names)}\n"))
    assert read.faults == []
    assert borrowed_words(lang, read.words, read.head.levels if read.head else Levels()) == []


def test_the_command_writes_that_file_and_keeps_one_that_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, file = atlas(tmp_path, "nl"), tmp_path / "words.nl.yaml"
    assert main(["words", str(folder), "--lang", "nl"]) == 0
    assert "# filter:" in file.read_text("utf-8")
    assert (folder / ".schema" / "words.schema.json").exists()
    assert "all " in said(folder)
    assert main(["words", str(folder), "--lang", "nl"]) != 0
    assert "--print" in capsys.readouterr().err
    file.write_text('page: {filter: "Thema"}', encoding="utf-8")
    assert main(["words", str(folder), "--lang", "nl", "--print"]) == 0
    assert "# filter:" not in capsys.readouterr().out
    assert main(["words", str(folder), "--lang", "es"]) == 0
    assert "no word" in capsys.readouterr().err
    assert main(["words", str(folder), "--lang", "xq"]) != 0


def test_a_file_of_words_for_no_language_of_the_atlas_is_told(tmp_path: Path) -> None:
    atlas(tmp_path, "es")
    (tmp_path / "words.fr.yaml").write_text("page: {filter: x}", encoding="utf-8")
    (tmp_path / "words.es.yml").write_text("page: {filter: x}", encoding="utf-8")
    told = said(tmp_path)
    assert "words.fr.yaml:1:1: nothing leads to this file; add its language" in told
    assert "did you mean 'words.es.yaml'?" in told


def test_the_schema_knows_every_word() -> None:
    schema = schemas()["words.schema.json"]["properties"]
    for section, texts in page_words().items():
        if section != "levels":
            assert schema[section]["properties"].keys() == texts.keys()
    forms = schema["start"]["properties"]["stories"]["anyOf"][1]["properties"]
    assert tuple(forms) == FORMS


@pytest.mark.parametrize(
    "lang", ["nan", "de-CH-1996", "ar-u-nu-latn", "zh-Hant-TW", "qaa", "mn-Mong"]
)
def test_an_atlas_may_be_in_any_language_that_has_a_tag(lang: str, tmp_path: Path) -> None:
    loaded = load_atlas(atlas(tmp_path, lang))
    page = Wording.of(loaded, lang)
    assert page.language_name(lang)
    assert page.number(5)
    assert page.listed(["a", "b"])
    assert page.direction in {"ltr", "rtl"}
    assert "no language is called" not in said(tmp_path)


def test_words_of_an_atlas_are_text_and_never_markup(tmp_path: Path) -> None:
    bad = "</script><script>alert(1)</script>"
    sections = {
        section: dict.fromkeys((key for key, text in texts.items() if isinstance(text, str)), bad)
        for section, texts in page_words().items()
        if section in {"page", "panel", "share", "readable", "map", "metric", "bar", "kinds"}
    }
    folder = write_spanish_atlas(tmp_path / "meseta")
    (folder / "words.es.yaml").write_text(json.dumps(sections), encoding="utf-8")
    client = TestClient(application(folder=folder), base_url="https://atlas.example")
    for query in ("", "&town=soria", "&town=zamora", "&town=soria&metric=paro"):
        page = client.get(f"/?lang=es{query}").text
        assert "alert(1)" in page
        assert "<script>alert" not in page
