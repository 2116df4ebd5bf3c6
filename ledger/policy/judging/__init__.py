"""Running code that judges: what may stand in it, the worker that runs it, and asking it twice."""
