"""Identities at providers, and the file that names those providers."""

from pathlib import Path

import pytest

from ledger.accounts.providers import FILE, provider_named, providers_of
from ledger.errors import InputFaults, KeyUnusable, Refused, UnknownName, UsageError
from tests.accounts.conftest import Office

ISSUER = "https://accounts.example.org"
GOOD = f"""[providers.school]
title = "School account"
issuer = "{ISSUER}"
client_id = "mastery"
hosted_domains = ["example.org"]
trusts_emails = true
"""


def test_an_identity_stands_for_one_person(office: Office) -> None:
    """It is found again, and nobody else can have it; the file says nothing of who it is elsewhere."""
    office.identities.link("somebody", ISSUER, "12345", "school")
    office.identities.link("somebody", ISSUER, "12345", "school")

    assert "somebody" == office.identities.find(ISSUER, "12345")
    assert office.identities.find("https://elsewhere.example.org", "12345") is None
    assert b"12345" not in office.store.path.read_bytes()
    with pytest.raises(Refused, match="stands for somebody else already"):
        office.identities.link("another", ISSUER, "12345", "school")


def test_an_address_leads_to_whom_it_was_linked(office: Office) -> None:
    """However it is written; or to whoever is known here by it."""
    known = office.vault.person_id("d.lee@example.org")
    office.identities.link_email("somebody", "M.Ortiz@Example.org ")

    assert "somebody" == office.identities.find_email("m.ortiz@example.ORG")
    assert known == office.identities.find_email("D.Lee@example.org")
    assert office.identities.find_email("nobody@example.org") is None
    with pytest.raises(UsageError, match="is not an address such as"):
        office.identities.link_email("somebody", "m.ortiz")


def test_identities_are_unlinked_together(office: Office) -> None:
    """After that none lets the person in."""
    office.identities.link("somebody", ISSUER, "12345", "school")
    office.identities.link_email("somebody", "m.ortiz@example.org")

    assert 2 == len(office.identities.of("somebody"))
    assert 2 == office.identities.unlink("somebody")
    assert office.identities.find(ISSUER, "12345") is None


@pytest.mark.parametrize("subject", ["", "x" * 256])
def test_an_id_of_a_provider_has_a_length(office: Office, subject: str) -> None:
    """As OpenID Connect has it."""
    with pytest.raises(UsageError, match="has 1 to 255 characters"):
        office.identities.link("somebody", ISSUER, subject, "school")


def test_a_provider_is_read_from_the_folder(tmp_path: Path) -> None:
    """With its secret from the environment, from a file that nobody else may read, or without one."""
    (tmp_path / FILE).write_text(GOOD)
    public = provider_named(tmp_path, {}, "school")
    (tmp_path / "keys").mkdir()
    file = tmp_path / "keys" / "sign-in-school.secret"
    file.write_text("from the file\n")
    file.chmod(0o600)
    kept = provider_named(tmp_path, {}, "school")
    told = provider_named(tmp_path, {"MASTERY_SIGN_IN_SCHOOL_SECRET": "from the environment"}, "school")
    file.chmod(0o644)

    assert ["", "from the file", "from the environment"] == [one.secret for one in (public, kept, told)]
    assert "from the file" not in repr(kept)
    assert frozenset({"example.org"}) == kept.hosted_domains
    with pytest.raises(KeyUnusable, match="is open to other accounts"):
        provider_named(tmp_path, {}, "school")
    with pytest.raises(UnknownName):
        provider_named(tmp_path, {"MASTERY_SIGN_IN_SCHOOL_SECRET": "x"}, "other")


def test_without_a_file_there_is_no_provider(tmp_path: Path) -> None:
    """Then only passwords let anybody in."""
    assert () == providers_of(tmp_path, {})


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[providers.school", "it is not TOML"),
        ("providers = 3", "a provider is a table [providers.NAME]"),
        ("[providers.School]", "its name of small letters, digits and hyphens"),
        ("[providers.school]", "it is missing; it is a text"),
        (GOOD.replace("https", "http"), "it is an address of https"),
        (GOOD.replace(ISSUER, "https://["), "it is an address of https"),
        (GOOD + "colour = 'red'", "there is no such setting; there are title, issuer, client_id"),
        (GOOD.replace('["example.org"]', '"example.org"'), "it is a list of texts"),
        (GOOD.replace("true", "'yes'"), "it is true or false"),
        (
            GOOD.replace(ISSUER, "https://accounts.google.com").replace('["example.org"]', "[]"),
            "everybody can have an account there: name yours in hosted_domains (hd) or tenants (tid)",
        ),
    ],
)
def test_what_is_wrong_with_the_file_is_told(tmp_path: Path, text: str, sentence: str) -> None:
    """With the setting it is about."""
    (tmp_path / FILE).write_text(text)

    with pytest.raises(InputFaults) as found:
        providers_of(tmp_path, {})
    assert sentence in "\n".join(str(one) for one in found.value.faults)
