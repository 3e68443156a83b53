"""Content: typed stories and figures, their wording and their panels."""
