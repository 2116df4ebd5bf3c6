"""What is refused about pilots, with the exact words."""
