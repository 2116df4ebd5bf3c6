"""The examples, built and used as their readers would."""
