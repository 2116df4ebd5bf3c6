"""What a what-if refuses."""
