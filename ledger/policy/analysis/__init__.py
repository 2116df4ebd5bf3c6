"""Exact analysis of policies on cells of facts: the evaluator itself, asked about every learner there can be."""
