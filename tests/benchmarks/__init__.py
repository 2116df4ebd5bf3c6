"""The benchmarks themselves, never how fast anything is."""
