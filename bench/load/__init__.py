"""How many readers does a machine hold? `python -m bench.load` opens sessions and counts."""
