"""Rules held against bounds."""
