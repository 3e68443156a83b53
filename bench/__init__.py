"""How fast is a click? `python -m bench` measures this map beside two other pages."""
