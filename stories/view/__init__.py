"""What a reader sees, as HTML: pure functions from models and an address."""
