"""Files of an atlas, read with the place of everything in them."""
