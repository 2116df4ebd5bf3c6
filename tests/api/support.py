"""Asking the API as a program does: with the token of a person, a key for each command, and JSON."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from ledger.access.actions import Action
from ledger.accounts.tokens import NEVER, Tokens
from web.ledgers import ledgers_of

HERE = "/api/v1/ledgers/us-tx"
_KEYS = itertools.count(1)


def token_for(app: Flask, name: str) -> str:
    """Return a token that allows a person everything a token can allow."""
    known = ledgers_of(app)
    vault = known.open(known.jurisdictions()[0]).ledger.vault
    actions = frozenset(Action) - NEVER
    return Tokens(known.access, vault, known.clock).make(vault.person_id(name), "tests", actions, actions, 30)


@dataclass
class Program:
    """A program that holds a token; `sent` keeps the last body and key, so that it can be sent again."""

    client: FlaskClient
    token: str
    sent: dict[str, Any] = field(default_factory=dict)

    def get(self, address: str, *, under: str = HERE, headers: Mapping[str, str] | None = None) -> TestResponse:
        """Ask for something of a ledger."""
        return self.client.get(f"{under}{address}", headers={**self._signed(), **(headers or {})})

    def post(
        self,
        address: str,
        body: Any = None,
        *,
        key: str | None = None,
        tag: str | None = None,
        under: str = HERE,
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> TestResponse:
        """Send a command; a JSON body unless `data` says otherwise."""
        signed = {**self._signed(), "Idempotency-Key": key or f"key-{next(_KEYS):06}", **(headers or {})}
        if tag is not None:
            signed["If-Match"] = tag
        self.sent = {"json": body, "headers": signed} if body is not None else {"headers": signed, **more}
        return self.client.post(f"{under}{address}", **self.sent)

    def again(self, address: str, *, under: str = HERE) -> TestResponse:
        """Send the last command again, as it was."""
        return self.client.post(f"{under}{address}", **self.sent)

    def _signed(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


def program(app: Flask, name: str = "tester") -> Program:
    """Return a program that acts for a person."""
    return Program(app.test_client(), token_for(app, name) if name else "")


def said(response: TestResponse, status: int = 200) -> Any:
    """Return what an answer says; fail with it where the status is another."""
    assert response.status_code == status, response.text
    return response.get_json()


def problem(response: TestResponse) -> tuple[int, str, str]:
    """Return status, kind and sentence of a problem."""
    assert response.content_type == "application/problem+json", response.text
    found = response.get_json()
    return found["status"], found["type"].removeprefix("/problems/"), found["detail"]
