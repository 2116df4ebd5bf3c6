"""Orders that are refused, and files somebody changed."""
