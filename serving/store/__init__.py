"""Which atlases there are, and the last whole snapshot of each."""
