"""`mastery account`: who signs in with a password, and who through an identity provider."""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import click

from ledger.accounts import passwords
from ledger.accounts.desk import desk
from ledger.accounts.providers import provider_named
from ledger.cli.options import text
from ledger.cli.printing import counted, prints, show, table
from ledger.cli.session import Session, pass_session
from ledger.errors import UsageError


@dataclass(frozen=True, slots=True)
class AccountSet:
    """An account that was made or changed: `password` is the one made here, null where it was given."""

    name: str
    password: str | None


@dataclass(frozen=True, slots=True)
class AccountShown:
    """An account: since when its password holds, since when it is closed if it is, and its links to providers."""

    name: str
    changed: str
    closed: str | None
    links: int


@dataclass(frozen=True, slots=True)
class AccountsShown:
    """All accounts of a folder, by id."""

    accounts: tuple[AccountShown, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """A person and how many identities at providers stand for them now."""

    name: str
    links: int


password_stdin = click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input, for a script; nothing is asked."
)


@click.group()
def account() -> None:
    """Say who may sign in: with a password, or through an identity provider.

    An account says who somebody is; what they may do is said by `mastery access grant`. PERSON is the id by which
    somebody is known here, such as m.ortiz.
    """


@account.command("add")
@click.argument("person", type=text)
@password_stdin
@prints(AccountSet)
@pass_session
def add_command(session: Session, person: str, password_stdin: bool, as_json: bool) -> None:
    """Make an account with a password, which is asked for; leave it empty to get one that is made here.

    Example: mastery account add m.ortiz
    """
    with desk(session.folder) as at:
        given, made = _password(from_script=password_stdin)
        at.accounts.add(person, given)
    show(AccountSet(person, made), as_json, lambda one: _told(one, "can sign in now"))


@account.command("password")
@click.argument("person", type=text)
@password_stdin
@prints(AccountSet)
@pass_session
def password_command(session: Session, person: str, password_stdin: bool, as_json: bool) -> None:
    """Give an account a new password, and end every session of the person.

    Example: mastery account password m.ortiz
    """
    with desk(session.folder) as at:
        given, made = _password(from_script=password_stdin)
        at.accounts.change(person, given)
    show(AccountSet(person, made), as_json, lambda one: _told(one, "has a new password, and is signed out everywhere"))


def _password(*, from_script: bool) -> tuple[str, str | None]:
    """Return the password to use, and the same once more where it was made here."""
    if from_script:
        return sys.stdin.readline().rstrip("\r\n"), None
    asked = f"Password ({passwords.SHORTEST} characters or more; empty for one that is made here)"
    given = click.prompt(asked, default="", hide_input=True, show_default=False, err=True)
    if not given:
        made = passwords.made()
        return made, made
    if click.prompt("The same once more", default="", hide_input=True, show_default=False, err=True) != given:
        raise UsageError("the two are not the same; nothing was changed")
    return given, None


def _told(one: AccountSet, what: str) -> Iterator[str]:
    yield f"{one.name} {what}."
    if one.password is not None:
        yield f"The password, shown this once: {one.password}"


@account.command("list")
@prints(AccountsShown)
@pass_session
def list_command(session: Session, as_json: bool) -> None:
    """List accounts; no password and no hash is ever shown.

    Example: mastery account list
    """
    with desk(session.folder) as at:
        found = tuple(
            AccountShown(one.name, one.changed, one.closed, len(at.identities.of(one.person)))
            for one in at.accounts.every()
        )
    show(AccountsShown(found), as_json, _listed)


def _listed(answer: AccountsShown) -> Iterator[str]:
    rows = [(one.name, one.changed[:10], (one.closed or "")[:10], str(one.links)) for one in answer.accounts]
    yield from table(("person", "password since", "closed", "links"), rows)
    yield f"{counted(len(rows), 'account')}."


@account.command("close")
@click.argument("person", type=text)
@prints(AccountSet)
@pass_session
def close_command(session: Session, person: str, as_json: bool) -> None:
    """Close an account, with every session and token of the person; what they did stays on record.

    Roles and links to providers stay; end them with `mastery access end` and `mastery account unlink`.

    Example: mastery account close m.ortiz
    """
    with desk(session.folder) as at:
        at.accounts.close(person)
    show(AccountSet(person, None), as_json, lambda one: _told(one, "can sign in with a password no more"))


@account.command("link")
@click.argument("person", type=text)
@click.argument("provider", required=False)
@click.argument("subject", required=False)
@click.option("--email", help="Link whoever first shows this verified address at a provider trusted with addresses.")
@prints(Linked)
@pass_session
def link_command(
    session: Session, person: str, provider: str | None, subject: str | None, email: str | None, as_json: bool
) -> None:
    """Let an account at an identity provider stand for a person: PROVIDER of sign-in.toml, and SUBJECT, the id there.

    Example: mastery account link m.ortiz google 104113372837465920173
    """
    if (email is None) is (subject is None):
        raise UsageError("name either a PROVIDER and a SUBJECT, or an --email")
    with desk(session.folder) as at:
        if email is not None:
            at.identities.link_email(at.vault.person_id(person), email)
        else:
            known = provider_named(session.folder, os.environ, provider or "")
            at.identities.link(at.vault.person_id(person), known.issuer, subject or "", known.name)
        linked = Linked(person, len(at.identities.of(at.person(person))))
    show(linked, as_json, _links)


def _links(one: Linked) -> Iterator[str]:
    stand = "stands" if one.links == 1 else "stand"
    yield f"{counted(one.links, 'identity', 'identities')} at providers {stand} for {one.name}."


@account.command("unlink")
@click.argument("person", type=text)
@prints(Linked)
@pass_session
def unlink_command(session: Session, person: str, as_json: bool) -> None:
    """Let no account at an identity provider stand for a person any more.

    Example: mastery account unlink m.ortiz
    """
    with desk(session.folder) as at:
        at.identities.unlink(at.person(person))
    show(Linked(person, 0), as_json, lambda one: [f"No identity at a provider stands for {one.name} any more."])
