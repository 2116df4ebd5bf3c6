"""OpenID Connect: the way to an identity provider and what is believed of what it says.

Sources: OpenID Connect Core 1.0, section 3.1, and Discovery 1.0; RFC 7636 (PKCE); RFC 9700 (what to guard against).
"""

import base64
import json
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from ledger.accounts.providers import Provider, is_safe
from ledger.errors import Refused, Unavailable

Fetch = Callable[[str, bytes | None, Mapping[str, str]], bytes]
"""Asks an address, by POST where there is something to send; raises `Refused` for an answer that is an error."""

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures with a key pair; one made with our own secret, or none at all, is not believed."""

PATIENCE = 10.0
"""Seconds to wait for a provider."""

LARGEST = 1 << 20
"""Bytes of an answer."""

LEEWAY = 60
"""Seconds by which two clocks may differ."""

ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True, slots=True)
class Claimed:
    """Who somebody is at a provider: the id there, the verified address, and when they last showed it.

    `email` is null where none was verified, `proved` seconds since 1970 and null where nothing is said of it.
    """

    subject: str
    email: str | None
    proved: int | None


def fetch(address: str, body: bytes | None, headers: Mapping[str, str]) -> bytes:
    """Ask a provider over the network; it may lead nowhere else."""
    asked = urllib.request.Request(address, body, dict(headers))  # noqa: S310 - only https gets here, see `is_safe`
    try:
        with _OPENER.open(asked, timeout=PATIENCE) as answer:
            found: bytes = answer.read(LARGEST)
    except urllib.error.HTTPError as error:
        with error:
            raise Refused(f"the identity provider answered {error.code}") from error
    except (OSError, ValueError) as error:
        raise Unavailable(f"the identity provider does not answer: {error}") from error
    return found


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Follow nothing."""


_OPENER = urllib.request.build_opener(_NoRedirects)


@dataclass(frozen=True, slots=True)
class OpenId:
    """A provider, and how it is asked."""

    provider: Provider
    fetch: Fetch

    def address(self, *, redirect: str, state: str, nonce: str, verifier: str, again: bool) -> str:
        """Return where somebody signs in; `again` asks them to show anew who they are."""
        more = {"prompt": "login", "max_age": "0"} if again else {}
        scope = "openid email" if self.provider.trusts_emails else "openid"
        address: str = prepare_grant_uri(
            self._described()["authorization_endpoint"],
            self.provider.client_id,
            "code",
            redirect_uri=redirect,
            scope=scope,
            state=state,
            nonce=nonce,
            code_challenge=create_s256_code_challenge(verifier),  # type: ignore[no-untyped-call]
            code_challenge_method="S256",
            **more,
        )
        return address

    def claimed(self, *, code: str, redirect: str, verifier: str, nonce: str, now: datetime) -> Claimed:
        """Exchange a code for what the provider says of somebody; raise `Refused` where it is not to be believed."""
        described = self._described()
        answer = self._exchanged(described["token_endpoint"], code, redirect, verifier)
        keys = self._asked(described["jwks_uri"])
        return self._believed(str(answer.get("id_token", "")), keys, nonce, now)

    def _described(self) -> dict[str, Any]:
        found = self._asked(f"{self.provider.issuer.rstrip('/')}/.well-known/openid-configuration")
        if found.get("issuer") != self.provider.issuer:
            raise Refused(f"{self.provider.title} calls itself by another name than the one in our settings")
        if not all(isinstance(found.get(name), str) and is_safe(found[name]) for name in ENDPOINTS):
            raise Refused(f"{self.provider.title} does not say where it is asked, or not over https")
        return found

    def _exchanged(self, address: str, code: str, redirect: str, verifier: str) -> dict[str, Any]:
        sent = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect,
            "code_verifier": verifier,
            "client_id": self.provider.client_id,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        if self.provider.secret:
            pair = f"{quote(self.provider.client_id, safe='')}:{quote(self.provider.secret, safe='')}"
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        return self._asked(address, urlencode(sent).encode(), headers)

    def _asked(
        self, address: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        try:
            found = json.loads(self.fetch(address, body, headers or {"Accept": "application/json"}))
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise Refused(f"{self.provider.title} answered with something else than was asked for")
        return found

    def _believed(self, token: str, keys: dict[str, Any], nonce: str, now: datetime) -> Claimed:
        own, told = self.provider, int(now.timestamp())
        asked = {"iss": {"essential": True, "value": own.issuer}, "aud": {"essential": True, "value": own.client_id}}
        try:
            read = jwt.decode(token, KeySet.import_key_set(keys), algorithms=ALGORITHMS)  # type: ignore[arg-type]
            claims = CodeIDToken(read.claims, read.header, asked, {"nonce": nonce, "client_id": own.client_id})
            claims.validate(told, LEEWAY)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise Refused(f"what {own.title} says of you cannot be believed: {_short(error)}") from error
        self._refuse_strangers(read.claims)
        proved = read.claims.get("auth_time")
        return Claimed(str(read.claims["sub"]), self._email(read.claims), int(proved) if proved else None)

    def _refuse_strangers(self, claims: Mapping[str, Any]) -> None:
        own = self.provider
        for name, allowed in (("hd", own.hosted_domains), ("tid", own.tenants)):
            if allowed and claims.get(name) not in allowed:
                raise Refused(f"your account at {own.title} belongs to another organisation than this installation")

    def _email(self, claims: Mapping[str, Any]) -> str | None:
        email = claims.get("email")
        verified = self.provider.trusts_emails and claims.get("email_verified") is True
        return email if verified and isinstance(email, str) else None


def _short(error: Exception) -> str:
    return str(error).replace("_", " ").strip().rstrip(".")[:120] or type(error).__name__
