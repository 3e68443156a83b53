"""What an atlas is made of: frozen, typed models."""
