"""For authors: what the cases of a policy try and leave untried, and which mistakes they would notice."""
