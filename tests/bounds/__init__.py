"""Tests of who is governed by what."""
