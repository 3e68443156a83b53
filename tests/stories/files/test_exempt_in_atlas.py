"""Numbers of the atlas's own texts that are no figures."""

from pathlib import Path

from stories.checks import check_atlas


def test_a_number_of_the_intro_is_listed_in_the_same_file(small: Path) -> None:
    atlas = small / "atlas.yaml"
    text = atlas.read_text("utf-8").replace("The wells of East.", "Past 66 gates.")
    atlas.write_text(text, "utf-8")
    (fault,) = check_atlas(small)
    assert "no figure covers '66'" in fault.what
    assert "`not_figures`" in fault.mend
    atlas.write_text(text + "not_figures: {en: [66 gates]}\n", "utf-8")
    assert check_atlas(small) == []
