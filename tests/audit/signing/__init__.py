"""Tests of the signer and of what it publishes."""
