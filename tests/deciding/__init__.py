"""What decides, and what would."""
