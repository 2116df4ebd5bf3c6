"""What is asked wrongly."""
