"""What does a larger map cost? `python -m bench.growth` draws 4, 13, 90 and 2,891 divisions."""
