"""Reading what one has just written: how far the ledger is, and waiting until it is as far as somebody saw."""

import time

from flask import Response, current_app, g, request

from web.api.problems import Refusal
from web.ledgers import here

WRITTEN, WANTED = "Ledger-Position", "Ledger-Min-Position"
PATIENCE, STEP = 2000, 20
"""Milliseconds a request waits at most, and between two looks."""

SETTING = "API_PATIENCE"
"""The setting of an application that says otherwise."""


def wait() -> None:
    """Wait until the ledger is as far as the request wants; raise `Refusal` where it does not get there."""
    given = request.headers.get(WANTED)
    if given is None:
        return
    if not given.isascii() or not given.isdigit() or not 1 <= int(given[:16]) < 10**15 or len(given) > 15:
        raise Refusal("faults", f"{WANTED} is not a position: a whole number from 1 on")
    if "opened" not in g:
        return
    left = int(current_app.config.get(SETTING, PATIENCE))
    while here().position < int(given):
        if left <= 0:
            raise Refusal("position-not-reached", f"this ledger is at position {here().position}, not yet at {given}")
        time.sleep(STEP / 1000)
        left -= STEP


def stamp(response: Response) -> Response:
    """Say on an answer how far the ledger is."""
    if "opened" in g:
        response.headers[WRITTEN] = str(here().position)
    return response
