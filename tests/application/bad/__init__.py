"""Commands that are refused, with the sentence that says why."""
