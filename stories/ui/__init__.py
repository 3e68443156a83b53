"""The parts of the page that tell the story: all of this package that knows Streamlit."""
