"""Text within Markdown."""


def escaped(text: str) -> str:
    """Escape what Markdown, or HTML inside it, would read as markup."""
    line = " ".join(text.split())
    escaped = "".join(f"\\{sign}" if sign in "\\`*_[]<>#|~&" else sign for sign in line)
    return f"\\{escaped}" if escaped.startswith(("-", "+")) else escaped
