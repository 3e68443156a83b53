"""The static edition: an atlas as files that any web space serves."""
