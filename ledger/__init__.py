"""The record: what happened, what was decided, and why."""
