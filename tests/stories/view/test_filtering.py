"""The theme filter."""

from stories.model.atlas import Atlas
from stories.view.filtering import count_by_theme, passes


def test_a_story_passes_with_any_of_the_chosen_themes(deqing: Atlas) -> None:
    yuyue = deqing.story("yuyue")
    assert yuyue
    assert passes(yuyue, ())
    assert passes(yuyue, ("environment", "talent"))
    assert not passes(yuyue, ("environment",))


def test_counts_per_theme(deqing: Atlas) -> None:
    assert count_by_theme(deqing) == {
        "environment": 1, "industry": 2, "talent": 2, "investment": 2,
    }  # fmt: skip
