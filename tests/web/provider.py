"""An identity provider on this computer: OpenID Connect with PKCE, and every way in which it may be wrong."""

import logging
import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from flask import Flask, Response, jsonify, request
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from werkzeug.serving import make_server

CLIENT, SECRET, CODE = "mastery", "a secret of the tests", "code-1"


@dataclass
class Provider:
    """What the provider knows and how it answers; a test changes what it wants to be wrong."""

    issuer: str = ""
    now: int = 0
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}))
    claims: dict[str, Any] = field(default_factory=dict)
    """What stands in the token beside, or in the place of, what belongs there; null leaves a claim out."""

    described: dict[str, Any] = field(default_factory=dict)
    token: str | None = None
    """A token to hand out in the place of one that is made."""

    challenge: str = ""
    nonce: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)

    def agree(self, address: str) -> dict[str, str]:
        """Let somebody sign in at the address that led here; return what the address of the way back carries."""
        given = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        self.challenge, self.nonce = given["code_challenge"], given["nonce"]
        self.asked.append(given)
        return {"code": CODE, "state": given["state"], "iss": self.issuer}

    def id_token(self) -> str:
        """Make the token that says who somebody is."""
        made = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "12345",
            "iat": self.now,
            "exp": self.now + 300,
            "nonce": self.nonce,
            "auth_time": self.now,
            **self.claims,
        }
        said = {name: value for name, value in made.items() if value is not None}
        return self.token or jwt.encode({"alg": "RS256", "kid": "one"}, said, self.key)

    def app(self) -> Flask:
        """Return the pages of the provider."""
        app = Flask("provider")

        @app.get("/.well-known/openid-configuration")
        def discovery() -> Response:
            at = self.issuer
            found = {
                "issuer": at,
                "authorization_endpoint": f"{at}/authorize",
                "token_endpoint": f"{at}/token",
                "jwks_uri": f"{at}/keys",
            }
            return jsonify(found | self.described)

        @app.get("/keys")
        def keys() -> Response:
            return jsonify(KeySet([self.key]).as_dict(private=False))

        @app.post("/token")
        def token() -> tuple[Response, int]:
            given = request.form
            proof = urlsafe_b64encode(sha256(given.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
            password = request.authorization.password if request.authorization else None
            known = unquote(password or "") == SECRET
            if given.get("code") != CODE or proof != self.challenge or not known:
                return jsonify(error="invalid_grant"), 400
            return jsonify(id_token=self.id_token(), access_token="of no use here", token_type="Bearer"), 200

        return app


@contextmanager
def served(now: int) -> Iterator[Provider]:
    """Serve a provider on a free port of this computer."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    provider = Provider(now=now)
    server = make_server("127.0.0.1", 0, provider.app(), threaded=True)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
