"""The integrity page: verified and replayed as long work, checkpoints, and one that an auditor holds."""

from flask import Flask

from tests.web.auditing import INTEGRITY, auditor, change, checkpoint, edited, long_work, opened, signed
from tests.web.changing import somebody
from tests.web.support import words


def test_before_anything_was_done_the_page_says_what_to_do(own: Flask) -> None:
    """What was not verified, replayed or signed yet is said so, with how many events are exposed."""
    said = words(auditor(own).client.get(INTEGRITY))

    assert "It was not verified from these pages yet." in said
    assert "The decisions were not made again from these pages yet." in said
    assert "Nothing is signed yet." in said
    assert f"EXPOSED: {opened(own).position:,} events" in said
    assert auditor(own).client.get(f"{INTEGRITY}/findings.csv").status_code == 404


def test_an_edited_row_is_named(own: Flask) -> None:
    """Verification finds the row that was edited by SQL, says what kind of change it is and leads to it."""
    person = auditor(own)
    signed(own)
    sound = words(long_work(person, f"{INTEGRITY}/verify", {"models": "1"}, INTEGRITY))
    position = edited(own)
    wrong = long_work(person, f"{INTEGRITY}/verify", None, INTEGRITY)
    lines = person.client.get(f"{INTEGRITY}/findings.csv").text.splitlines()

    assert "no change was found" in sound
    assert "Read models compared up to position" in sound
    assert "event altered" in words(wrong)
    assert f'href="/us-tx/events/{position}"' in wrong.text
    assert lines[0] == "place,kind,what,follows,position"
    assert lines[1].endswith(f",{position}")


def test_every_decision_is_made_again(own: Flask) -> None:
    """The replay of everything counts its verdicts, and names decisions that rest on what was edited."""
    person = auditor(own)
    sound = words(long_work(person, f"{INTEGRITY}/replay", None, INTEGRITY))
    edited(own)
    wrong = words(long_work(person, f"{INTEGRITY}/replay", None, INTEGRITY))

    assert "decisions of 6 learners up to position" in sound
    assert "evidence altered" not in sound
    assert "evidence altered" in wrong


def test_a_checkpoint_somebody_holds_is_held_against_the_log(covered: Flask) -> None:
    """It fits, or it is another history, a longer one, or one of another log; what is none is said at its field."""
    person, pin = auditor(covered), checkpoint(covered)
    origin, size, root = pin.split("\n")[:3]

    def said(text: str) -> str:
        return words(person.send(f"{INTEGRITY}/checkpoint", {"pin": text}, INTEGRITY))

    assert "The log begins with the history you pinned" in said(pin)
    assert "Signed by ledger.invalid/us-tx/" in said(pin)
    assert "This is another history." in said(f"{origin}\n{size}\n{'A' * 43}=\n")
    assert "Events were removed, or an older copy was put back." in said(f"{origin}\n999999\n{root}\n")
    assert "This is of another log" in said(f"elsewhere.example/log\n{size}\n{root}\n")
    assert "This is no checkpoint" in said("nothing of the kind")


def test_a_missing_leaf_gives_no_root(own: Flask) -> None:
    """Where a leaf is gone the page says that no root can be made, and not that all is well."""
    person, pin = auditor(own), signed(own)
    change(own, "DELETE FROM leaves WHERE leaf_index = ?", 7)

    assert "A leaf is missing" in words(person.send(f"{INTEGRITY}/checkpoint", {"pin": pin}, INTEGRITY))


def test_a_pinned_checkpoint_is_verified_with_all_the_rest(covered: Flask) -> None:
    """The whole verification takes the checkpoint too, and says that it did."""
    person, pin = auditor(covered), checkpoint(covered)
    said = words(long_work(person, f"{INTEGRITY}/verify", {"pin": pin}, INTEGRITY))

    assert "against a checkpoint that was brought" in said
    assert "is the one given with --against" in said


def test_checkpoints_say_who_signed_and_who_was_given_them(covered: Flask) -> None:
    """Each is listed with the key that signed it, and the keys of the log stand beside."""
    said = words(auditor(covered).client.get(INTEGRITY))

    assert "✓ ledger.invalid/us-tx/" in said
    assert "first," in said


def test_the_page_is_for_those_who_verify(covered: Flask) -> None:
    """An approver may not open it; a district admin may verify and is not offered to replay."""
    admin = somebody(covered, "m.ortiz").client.get(INTEGRITY)

    assert somebody(covered, "d.lee").client.get(INTEGRITY).status_code == 403
    assert admin.status_code == 200
    assert "Make every decision again" not in words(admin)
