"""A package of policies with a bad file beside the rule."""
