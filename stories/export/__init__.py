"""Figures and stories for others to work with; the same models give the same bytes."""
