"""What editors use: commands, a new atlas, schemas, the reference of the format."""
