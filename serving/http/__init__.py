"""What is answered beside and around the page."""
