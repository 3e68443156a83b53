"""The commands about boundary files."""
