"""What a demonstration refuses."""
