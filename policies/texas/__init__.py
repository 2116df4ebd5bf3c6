"""Texas: Education Code and Title 19 of the Administrative Code."""
