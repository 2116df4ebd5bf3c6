"""What is sent wrongly."""
