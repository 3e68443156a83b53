"""Deqing County: 13 divisions, outline, neighbours and villages."""
