"""Read models in files that cannot be used, and questions that make no sense."""
