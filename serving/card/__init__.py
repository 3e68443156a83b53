"""Preview pictures."""
