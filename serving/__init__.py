"""The door: what the server answers beside the page itself, from both rooms."""
