"""Tests of the rule language, its evaluator and its files."""
