"""What axe-core finds in Streamlit's own shell, which this project does not draw.

Each entry is a rule and the part of the shell that it is about; anything else fails.
"""

SHELL: dict[str, tuple[str, ...]] = {
    # While a dialog is open, the shell's link to the main content lies outside its landmarks.
    "region": ("stSkipToContent",),
}
