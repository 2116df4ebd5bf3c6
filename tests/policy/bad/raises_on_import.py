"""A rule file that raises when it is imported."""

DAYS = 180 / 0
