"""Who is behind a pseudonym, and what people wrote: the only part that holds personal data.

An external id is found by its HMAC and leads to a random UUID; events name the UUID alone. Every
person has a key of 32 random bytes, wrapped under the vault's key with the UUID as associated data.
Under it stand one document (external id, names, contacts, groups) and the free texts about that
person, sealed by AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits, and with the person
and the kind of document as associated data, so that a row moved elsewhere does not open.
"""

import functools
import hmac
import os
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Literal

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from msgspec import Struct

from ledger.domain.shapes import VaultText
from ledger.errors import EvidenceErased, KeyUnusable, LedgerDamaged, UnknownName, UsageError
from ledger.keys import Key, vault_key
from ledger.storage.vault_store import DESTROYED, Lookup, NewPerson, SealedText, VaultStore
from ledger.values import canonical, digest, random_identifier

LONGEST_TEXT = 20_000
"""Characters in a free text."""

LONGEST_EXTERNAL_ID = 200
"""Characters in an id of another system."""

NONCE = 12
SALT = 16
KEYS_KEPT = 1024
"""Persons whose unwrapped keys stay in memory."""

Kind = Literal["learner", "person"]
"""A learner has a stream of events; any other person acts, assesses or signs."""


class Contact(Struct, frozen=True, kw_only=True):
    """One way to reach somebody: `kind` such as email or telephone, and the address or number."""

    kind: str
    value: str


class Profile(Struct, frozen=True, kw_only=True):
    """What is known of a person besides their ids; `groups` serve equity reports and no rule reads them."""

    given_name: str | None = None
    family_name: str | None = None
    birth_date: str | None = None
    contacts: tuple[Contact, ...] = ()
    groups: tuple[str, ...] = ()


class Identity(Struct, frozen=True, kw_only=True):
    """Who is behind a pseudonym: the id in the system it came from, and the profile."""

    kind: Kind
    namespace: str
    external_id: str
    profile: Profile = Profile()


def pseudonym(identity: str, kind: Kind = "learner") -> str:
    """Return what a person is called where no name is known, such as `learner 3f2a-91c0`."""
    return f"{kind} {identity[:4]}-{identity[4:8]}"


def seal(cipher: AESGCM, data: bytes, about: str) -> bytes:
    """Encrypt bytes; `about` says what they are and must be given again to open them."""
    nonce = os.urandom(NONCE)
    return nonce + cipher.encrypt(nonce, data, about.encode())


def opened(cipher: AESGCM, sealed: bytes, about: str, row: str) -> bytes:
    """Decrypt what `seal` made; raise `LedgerDamaged` naming the row where it was altered or moved."""
    try:
        return cipher.decrypt(sealed[:NONCE], sealed[NONCE:], about.encode())
    except (InvalidTag, ValueError):
        raise LedgerDamaged(
            f"{row} does not open: it was altered, or belongs to another row; restore the file from a backup"
        ) from None


class Vault:
    """The vault of one installation; safe for threads and processes, not to be carried over a fork."""

    def __init__(self, path: Path, key: Key) -> None:
        self._store = VaultStore(path, key.id)
        if self._store.key != key.id:
            self._store.close()
            raise KeyUnusable(
                f"{path} was made with the key {self._store.key}, and {key.origin} holds the key {key.id}: "
                "put the right key there"
            )
        self.path = path
        self._wrapping = AESGCM(key.derived("wrapping 1"))
        self._finding = key.derived("finding 1")
        self._binding = key.derived("binding 1")
        self._drawing = key.derived("drawing 1")
        self._cipher = functools.lru_cache(KEYS_KEPT)(self._unwrapped)

    @classmethod
    def open(cls, home: Path, *, environment: Mapping[str, str] = os.environ) -> "Vault":
        """Open `vault.db` in a folder, made with its key where neither is there yet."""
        path = home / "vault.db"
        return cls(path, vault_key(home, environment=environment, create=not path.exists()))

    def close(self) -> None:
        """Close the file and forget the keys held in memory."""
        self._cipher.cache_clear()
        self._store.close()

    def __enter__(self) -> "Vault":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def learner_id(self, external_id: str, namespace: str = "local") -> str:
        """Return the UUID of a learner, made at the first call, the same for every caller after it."""
        return self.learner_ids([external_id], namespace)[external_id]

    def learner_ids(self, external_ids: Iterable[str], namespace: str = "local") -> dict[str, str]:
        """Return the UUID of each external id; those that are new are made in one transaction."""
        return self._identifiers("learner", namespace, external_ids, create=True)

    def find(self, external_id: str, namespace: str = "local") -> str | None:
        """Return the UUID of a learner, none where there is none; nothing is made."""
        return self.find_many([external_id], namespace).get(external_id)

    def find_many(self, external_ids: Iterable[str], namespace: str = "local") -> dict[str, str]:
        """Return the UUIDs of those external ids that are known; nothing is made."""
        return self._identifiers("learner", namespace, external_ids, create=False)

    def person_id(self, external_id: str, namespace: str = "local") -> str:
        """Return the UUID of somebody who acts or assesses; never one of a learner."""
        return self._identifiers("person", namespace, [external_id], create=True)[external_id]

    def find_person(self, external_id: str, namespace: str = "local") -> str | None:
        """Return the UUID of somebody who acts or assesses, none where there is none."""
        return self._identifiers("person", namespace, [external_id], create=False).get(external_id)

    def _identifiers(self, kind: Kind, namespace: str, external_ids: Iterable[str], *, create: bool) -> dict[str, str]:
        normal = {given: _external_id(given) for given in external_ids}
        wanted = {plain: self._lookup(kind, namespace, plain) for plain in normal.values()}
        found = self._store.lookups(wanted.values())
        if create and (missing := [plain for plain in wanted if wanted[plain] not in found]):
            people = [self._new(kind, namespace, plain, wanted[plain]) for plain in missing]
            found |= self._store.add_people(people)
        for row in found.values():
            self._refuse_a_moved_lookup(row)
        return {given: found[wanted[plain]].person for given, plain in normal.items() if wanted[plain] in found}

    def _lookup(self, kind: Kind, namespace: str, external_id: str) -> bytes:
        return hmac.digest(self._finding, canonical([kind, namespace, external_id]), "sha256")

    def _tag(self, lookup: bytes, person: str) -> bytes:
        return hmac.digest(self._binding, lookup + person.encode(), "sha256")

    def _refuse_a_moved_lookup(self, row: Lookup) -> None:
        if not hmac.compare_digest(row.tag, self._tag(row.lookup, row.person)):
            raise LedgerDamaged(
                f"{self.path}: the lookup {row.lookup.hex()[:16]} does not belong to {row.person}: it was "
                "altered; restore the file from a backup"
            )

    def _new(self, kind: Kind, namespace: str, external_id: str, lookup: bytes) -> NewPerson:
        person, key = random_identifier(), os.urandom(32)
        identity = Identity(kind=kind, namespace=namespace, external_id=external_id)
        return NewPerson(
            Lookup(lookup, person, self._tag(lookup, person)),
            seal(self._wrapping, key, f"{person}/key"),
            "profile",
            seal(AESGCM(key), msgspec.json.encode(identity), f"{person}/profile"),
        )

    def _unwrapped(self, person: str) -> AESGCM:
        wrapped = self._store.wrapped_key(person)
        if wrapped is None:
            raise UnknownName(f"the vault knows no person {person}; look it up by the external id")
        if len(wrapped) == DESTROYED and hmac.compare_digest(wrapped, self._mark(person)):
            raise EvidenceErased(f"the key of {person} was destroyed; nothing the vault held about them can be read")
        return AESGCM(opened(self._wrapping, wrapped, f"{person}/key", f"{self.path}: the key of {person}"))

    def put_profile(self, person: str, profile: Profile) -> None:
        """Replace what is known of a person; text is brought into Unicode form NFC."""
        self.put_profiles({person: profile})

    def put_profiles(self, profiles: Mapping[str, Profile]) -> None:
        """Replace the profiles of several people, all or none."""
        changes = [(person, self._change(person, profile)) for person, profile in profiles.items()]
        self._store.change_documents("profile", changes)

    def _change(self, person: str, profile: Profile) -> Callable[[bytes], bytes]:
        cipher, checked = self._cipher(person), _checked_profile(person, profile)

        def change(stored: bytes) -> bytes:
            identity = msgspec.structs.replace(self._identity(person, stored), profile=checked)
            return seal(cipher, msgspec.json.encode(identity), f"{person}/profile")

        return change

    def identity(self, person: str) -> Identity:
        """Return who is behind a pseudonym; raises `UnknownName`."""
        self._cipher(person)
        stored = self._store.documents([person], "profile").get(person)
        if stored is None:
            raise LedgerDamaged(f"{self.path}: the profile of {person} is gone; restore the file from a backup")
        return self._identity(person, stored)

    def _identity(self, person: str, stored: bytes) -> Identity:
        row = f"{self.path}: the profile of {person}"
        return msgspec.json.decode(opened(self._cipher(person), stored, f"{person}/profile", row), type=Identity)

    def profile(self, person: str) -> Profile:
        """Return what is known of a person besides their ids; raises `UnknownName`."""
        return self.identity(person).profile

    def groups(self, people: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return the groups of each person the vault knows; for equity reports, which show none of them small."""
        stored = self._store.documents(list(people), "profile")
        return {person: self._identity(person, document).profile.groups for person, document in stored.items()}

    def draw(self, about: bytes) -> bytes:
        """Return bytes that nobody can foresee without this vault's key, always the same for the same thing."""
        return hmac.digest(self._drawing, about, "sha256")

    def display_name(self, person: str) -> str:
        """Return given and family name, else a pseudonym; also for somebody the vault does not know."""
        return self.names([person])[person]

    def names(self, people: Iterable[str]) -> dict[str, str]:
        """Return the display name of each person."""
        asked = list(people)
        stored = self._store.documents(asked, "profile")
        return {
            person: _name(person, self._identity(person, stored[person])) if person in stored else pseudonym(person)
            for person in asked
        }

    def knows(self, person: str) -> bool:
        """Say whether there is a person of this id whose key was not destroyed."""
        return self._store.wrapped_key(person) not in (None, self._mark(person))

    def _mark(self, person: str) -> bytes:
        """Return what stands in the place of a destroyed key: nobody without the vault's key can put it there."""
        return hmac.digest(self._binding, f"{person}/destroyed".encode(), "sha256")

    def destroy(self, person: str) -> bool:
        """Destroy the key of a person, with all that stands under it and leads to it; say whether it was still there.

        The copies SQLite keeps of what it deletes go too, unless others hold the file: `Unavailable` then.
        """
        found = self._store.destroy(person, self._mark(person))
        self._cipher.cache_clear()
        self._store.sweep()
        return found

    def require_key(self, person: str) -> None:
        """Raise `EvidenceErased` where the key of a person was destroyed, `UnknownName` where there never was one."""
        self._unwrapped(person)

    def sealed(self, person: str, data: bytes, about: str) -> bytes:
        """Encrypt bytes under a person's key; `about` says what they are."""
        return seal(self._unwrapped(person), data, f"{person}/{about}")

    def unsealed(self, person: str, data: bytes, about: str, where: str) -> bytes:
        """Decrypt what `sealed` made; raise `LedgerDamaged` naming where it stood if it was altered."""
        return opened(self._unwrapped(person), data, f"{person}/{about}", where)

    def check_text(self, text: str) -> None:
        """Raise `UsageError` where a free text may not be kept: too long, not NFC, or broken."""
        _checked_text(text)

    def put_text(self, owner: str, text: str) -> VaultText:
        """Keep a free text under a person's key; return its id and its salted digest for the event."""
        return self.put_texts([(owner, text)])[0]

    def put_texts(self, texts: Sequence[tuple[str, str]]) -> tuple[VaultText, ...]:
        """Keep free texts, each with its owner, all or none; return them in the same order."""
        rows, kept = [], []
        for owner, text in texts:
            name, salted = random_identifier(), os.urandom(SALT) + _checked_text(text)
            rows.append(SealedText(name, owner, seal(self._cipher(owner), salted, f"{owner}/text/{name}")))
            kept.append(VaultText(text=name, digest=digest(salted)))
        self._store.add_texts(rows)
        return tuple(kept)

    def text(self, reference: VaultText) -> str:
        """Return a free text; raise `LedgerDamaged` where it is another, `EvidenceErased` where it is gone."""
        row = self._store.text(reference.text)
        if row is None:
            raise UnknownName(f"the vault holds no text {reference.text}; is this the vault of that ledger?")
        what = f"{self.path}: the text {row.text}"
        try:
            cipher = self._cipher(row.owner) if row.sealed else self._unwrapped(row.owner)
        except UnknownName:
            raise LedgerDamaged(f"{what} names {row.owner}, whom the vault does not know: it was altered") from None
        salted = opened(cipher, row.sealed, f"{row.owner}/text/{row.text}", what)
        if digest(salted) != reference.digest:
            raise LedgerDamaged(
                f"{what} has the digest {digest(salted)[:16]}, the event names {reference.digest[:16]}: "
                "they do not belong together, or one of them was altered"
            )
        return salted[SALT:].decode()


def _external_id(given: str) -> str:
    """Return an external id in Unicode form NFC; raise `UsageError` where it cannot be one."""
    plain = unicodedata.normalize("NFC", given)
    if not plain.strip() or len(plain) > LONGEST_EXTERNAL_ID or _half_surrogate(plain):
        raise UsageError(
            f"an external id of {len(plain)} characters: it must have 1 to {LONGEST_EXTERNAL_ID}, not all of "
            "them blank, and no half of a surrogate pair"
        )
    return plain


def _half_surrogate(text: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in text)


def _checked_text(text: str) -> bytes:
    """Return the bytes of a free text; raise `UsageError` where it may not be kept."""
    if len(text) > LONGEST_TEXT:
        raise UsageError(f"the text has {len(text)} characters; at most {LONGEST_TEXT} are kept")
    if _half_surrogate(text):
        raise UsageError("the text holds half of a surrogate pair, so it was cut or wrongly decoded; send it again")
    if not unicodedata.is_normalized("NFC", text):
        raise UsageError("the text is not in Unicode form NFC; normalise it where it enters")
    return text.encode()


def _checked_profile(person: str, profile: Profile) -> Profile:
    """Return a profile with its text in Unicode form NFC; raise `UsageError` naming what it cannot hold."""
    try:
        if (day := profile.birth_date) is not None and date.fromisoformat(day).isoformat() != day:
            raise ValueError(day)
        plain = msgspec.json.encode(profile).decode()
    except UnicodeEncodeError:
        raise UsageError(f"the profile of {person} holds half of a surrogate pair; send it again") from None
    except ValueError:
        raise UsageError(f"the birth date of {person} is not a day such as 2010-05-30") from None
    return msgspec.json.decode(unicodedata.normalize("NFC", plain), type=Profile)


def _name(person: str, identity: Identity) -> str:
    profile = identity.profile
    named = " ".join(part for part in (profile.given_name, profile.family_name) if part)
    return named or pseudonym(person, identity.kind)
