"""The fixed set of versioned fact methods: a learner's record -> a fact sheet, at a position in the log. Pure."""
