"""Files: whatever comes from elsewhere, and the boundary sets that the map draws."""
