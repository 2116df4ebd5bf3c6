"""What can happen: event payloads, folds, and commands that return events. Pure; no storage, no policy."""
