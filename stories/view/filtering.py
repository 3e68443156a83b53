"""Which stories a choice of themes lets through."""

from collections.abc import Collection

from stories.model.atlas import Atlas, Story


def passes(story: Story, themes: Collection[str]) -> bool:
    """Whether a story has any of the chosen `themes`; with none chosen, every story passes."""
    return not themes or any(theme in themes for theme in story.themes)


def chosen_first(atlas: Atlas, themes: Collection[str]) -> list[Story]:
    """Return all stories: those that pass before the others, each in the order of the atlas."""
    return sorted(atlas.stories, key=lambda story: not passes(story, themes))


def count_by_theme(atlas: Atlas) -> dict[str, int]:
    """Return how many stories each theme has, in the order of the atlas."""
    return {
        theme.id: sum(theme.id in story.themes for story in atlas.stories) for theme in atlas.themes
    }
