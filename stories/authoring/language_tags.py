"""Languages as the commands are told them: ``zh,en``."""

import click

from stories.model.language import is_language


def language_tags(text: str) -> tuple[str, ...]:
    """Return the tags that stand between commas, each once; none where there are none.

    Raises
    ------
    click.BadParameter
        A tag is no language's.
    """
    tags = tuple(dict.fromkeys(filter(None, (part.strip() for part in text.split(",")))))
    for tag in tags:
        if not is_language(tag):
            raise click.BadParameter(f"no language is called {tag!r}; give tags such as zh,en")
    return tags
