"""What cannot be closed, backed up or put back."""
