"""Notes, proofs and requests that are refused."""
