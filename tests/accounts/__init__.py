"""Who somebody is: accounts, sessions, throttling, identities elsewhere, tokens of programs."""
