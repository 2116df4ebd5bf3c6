"""The identity providers of an installation, from `sign-in.toml` in its folder; each secret lies elsewhere."""

import re
import stat
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ledger.errors import Fault, InputFaults, KeyUnusable, UnknownName

FILE = "sign-in.toml"
NAME = re.compile(r"[a-z][a-z0-9-]{0,30}")
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

TEXTS, LISTS = ("title", "issuer", "client_id"), ("hosted_domains", "tenants")
FOR_MANY = ("https://accounts.google.com", "https://login.microsoftonline.com/common/v2.0")
"""Issuers with which everybody in the world can have an account."""


@dataclass(frozen=True, slots=True)
class Provider:
    """One identity provider, as OpenID Connect Discovery finds it below its issuer.

    `hosted_domains` and `tenants` are the allowed values of the claims `hd` and `tid`, empty for any;
    `trusts_emails` says that a verified address it tells may lead to a person.
    """

    name: str
    title: str
    issuer: str
    client_id: str
    secret: str = field(repr=False)
    hosted_domains: frozenset[str]
    tenants: frozenset[str]
    trusts_emails: bool


def providers_of(home: Path, environment: Mapping[str, str]) -> tuple[Provider, ...]:
    """Return the providers a folder names, none without a file; raises `InputFaults` with all that is wrong."""
    path = home / FILE
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputFaults([Fault(str(path), 0, "", "", f"it is not TOML: {error}")]) from error
    listed = given.get("providers", {})
    if not isinstance(listed, dict):
        listed = {"": listed}
    if faults := [one for name, table in listed.items() for one in _faults(path, name, table)]:
        raise InputFaults(faults)
    return tuple(_provider(home, environment, name, table) for name, table in listed.items())


def provider_named(home: Path, environment: Mapping[str, str], name: str) -> Provider:
    """Return a provider by its name; raise `UnknownName` where there is none."""
    known = {one.name: one for one in providers_of(home, environment)}
    if name not in known:
        raise UnknownName(f"there is no identity provider {name[:40]!r}; {FILE} names {', '.join(known) or 'none'}")
    return known[name]


def is_safe(address: str) -> bool:
    """Say whether an address is one of https, or of this computer."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK))


def _faults(path: Path, name: str, table: Any) -> Iterator[Fault]:
    def fault(key: str, why: str) -> Fault:
        return Fault(str(path), 0, "", f"providers.{name}{key and '.'}{key}", why)

    if not NAME.fullmatch(name) or not isinstance(table, dict):
        yield fault("", "a provider is a table [providers.NAME], its name of small letters, digits and hyphens")
        return
    yield from (fault(key, why) for key, why in _about_values(table))
    for key in sorted(set(table) - {*TEXTS, *LISTS, "trusts_emails"}):
        yield fault(key, f"there is no such setting; there are {', '.join((*TEXTS, *LISTS, 'trusts_emails'))}")
    yield from (fault("issuer", why) for why in _about_issuer(table))


def _about_values(table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Return the settings that are missing or of another kind, and what each is."""
    for key in TEXTS:
        if not isinstance(table.get(key), str) or not table[key]:
            yield key, "it is missing; it is a text"
    for key in LISTS:
        values = table.get(key, [])
        if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
            yield key, "it is a list of texts"
    if not isinstance(table.get("trusts_emails", False), bool):
        yield "trusts_emails", "it is true or false"


def _about_issuer(table: dict[str, Any]) -> Iterator[str]:
    issuer = table.get("issuer")
    if isinstance(issuer, str) and issuer and not is_safe(issuer):
        yield "it is an address of https"
    if issuer in FOR_MANY and not (table.get("hosted_domains") or table.get("tenants")):
        yield "everybody can have an account there: name yours in hosted_domains (hd) or tenants (tid)"


def _provider(home: Path, environment: Mapping[str, str], name: str, table: dict[str, Any]) -> Provider:
    return Provider(
        name=name,
        title=table["title"],
        issuer=table["issuer"],
        client_id=table["client_id"],
        secret=_secret(home, environment, name),
        hosted_domains=frozenset(table.get("hosted_domains", ())),
        tenants=frozenset(table.get("tenants", ())),
        trusts_emails=table.get("trusts_emails", False),
    )


def _secret(home: Path, environment: Mapping[str, str], name: str) -> str:
    """Return the secret the provider gave us, empty where we are a public client, which PKCE alone protects."""
    variable = f"MASTERY_SIGN_IN_{name.upper().replace('-', '_')}_SECRET"
    if variable in environment:
        return environment[variable].strip()
    path = home / "keys" / f"sign-in-{name}.secret"
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & 0o077:
            raise KeyUnusable(f"{path} is open to other accounts (mode {mode:04o}); run: chmod 600 {path}")
        return path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise KeyUnusable(f"{path} cannot be read: {error.strerror}; check who owns it") from error
