"""The token a program shows: in the header Authorization of a request to the API, and nowhere else."""

from flask import request

from ledger.accounts.tokens import Shown, Tokens
from ledger.vault import Vault
from web.ledgers import ledgers

SCHEME = "Bearer "


def tokens(vault: Vault) -> Tokens:
    """Return the tokens of the application at work."""
    known = ledgers()
    return Tokens(known.access, vault, known.clock)


def shown(vault: Vault) -> Shown | None:
    """Return what the token at hand allows, nothing where none is shown or it does not hold."""
    header = request.headers.get("Authorization", "")
    return tokens(vault).find(header.removeprefix(SCHEME).strip()) if header.startswith(SCHEME) else None
