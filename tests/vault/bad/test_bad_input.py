"""Requests the vault refuses, and the sentence each gets."""

import unicodedata
from collections.abc import Callable

import pytest

from ledger.domain.shapes import VaultText
from ledger.errors import UnknownName, UsageError
from ledger.vault import Profile, Vault

STRANGER = "3f2a91c0-0000-4000-8000-000000000000"


@pytest.mark.parametrize("external_id", ["", "  ", "x" * 201, "S-\ud800"])
def test_an_external_id_that_cannot_be_one_makes_nobody(vault: Vault, external_id: str) -> None:
    """A blank, overlong or broken external id is refused, and so is the batch it stands in."""
    with pytest.raises(UsageError) as caught:
        vault.learner_ids(["S-1", external_id])

    assert str(caught.value) == (
        f"an external id of {len(external_id)} characters: it must have 1 to 200, not all of them blank, "
        "and no half of a surrogate pair"
    )
    assert vault.find("S-1") is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("x" * 20_001, "the text has 20001 characters; at most 20000 are kept"),
        (
            "late\udfff",
            "the text holds half of a surrogate pair, so it was cut or wrongly decoded; send it again",
        ),
        (
            unicodedata.normalize("NFD", "Zoé was late"),
            "the text is not in Unicode form NFC; normalise it where it enters",
        ),
    ],
)
def test_a_text_that_may_not_be_kept_is_refused(vault: Vault, text: str, sentence: str) -> None:
    """An overlong, broken or decomposed text is refused with what to do."""
    ada = vault.learner_id("S-1")
    with pytest.raises(UsageError) as caught:
        vault.put_text(ada, text)

    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("profile", "sentence"),
    [
        (Profile(birth_date="30.05.2010"), "the birth date of {who} is not a day such as 2010-05-30"),
        (Profile(birth_date="20100530"), "the birth date of {who} is not a day such as 2010-05-30"),
        (Profile(birth_date="2011-02-29"), "the birth date of {who} is not a day such as 2010-05-30"),
        (Profile(given_name="\ud800"), "the profile of {who} holds half of a surrogate pair; send it again"),
    ],
)
def test_one_bad_profile_stores_none(vault: Vault, profile: Profile, sentence: str) -> None:
    """A profile with a fault is refused without repeating the fault, and none of its batch is stored."""
    ada, ben = vault.learner_id("S-1"), vault.learner_id("S-2")
    with pytest.raises(UsageError) as caught:
        vault.put_profiles({ada: Profile(given_name="Ada"), ben: profile})

    assert str(caught.value) == sentence.format(who=ben)
    assert vault.profile(ada) == Profile()


@pytest.mark.parametrize(
    "use",
    [
        lambda vault: vault.profile(STRANGER),
        lambda vault: vault.put_profile(STRANGER, Profile()),
        lambda vault: vault.put_text(STRANGER, "late"),
    ],
)
def test_a_stranger_has_nothing_in_the_vault(vault: Vault, use: Callable[[Vault], object]) -> None:
    """Whom the vault does not know has no profile, and no text can be kept about them."""
    with pytest.raises(UnknownName) as caught:
        use(vault)

    assert str(caught.value) == f"the vault knows no person {STRANGER}; look it up by the external id"


def test_a_text_of_another_vault_is_unknown(vault: Vault) -> None:
    """A reference to a text that is not here asks whether this is the right vault."""
    with pytest.raises(UnknownName) as caught:
        vault.text(VaultText(text=STRANGER, digest="0" * 64))

    assert str(caught.value) == (f"the vault holds no text {STRANGER}; is this the vault of that ledger?")
