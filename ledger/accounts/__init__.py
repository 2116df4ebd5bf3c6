"""Who somebody is: sessions at a browser, accounts with a password, identities elsewhere, tokens of programs."""
