"""`mastery token`: tokens by which programs act for people on the API."""

from collections.abc import Iterator
from dataclasses import dataclass

import click

from ledger.access.actions import Action
from ledger.access.table import may
from ledger.accounts.desk import desk
from ledger.accounts.tokens import LONGEST, NEVER, Token
from ledger.application import open_ledger
from ledger.application.granting import grants_of
from ledger.cli.access_options import ACTIONS
from ledger.cli.options import text
from ledger.cli.printing import counted, prints, show, table
from ledger.cli.session import Session, pass_session
from ledger.home import Home

USUAL = 90
"""Days a token holds unless another number is given."""


@dataclass(frozen=True, slots=True)
class TokenMade:
    """A new token; its text is shown this once."""

    token: str


@dataclass(frozen=True, slots=True)
class TokensShown:
    """The tokens of a person, the latest first, without their secrets."""

    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class TokenRevoked:
    """A token that holds no longer."""

    revoked: str


@click.group()
def token() -> None:
    """Make, list and revoke tokens, by which programs act for people on the API."""


@token.command("make")
@click.argument("person", type=text)
@click.option("--for", "purpose", required=True, help="What the program does with it.")
@click.option(
    "--may",
    "actions",
    type=click.Choice(sorted(ACTIONS)),
    metavar="ACTION",
    multiple=True,
    required=True,
    help="An action of docs/access.md, such as record-evidence; may be repeated.",
)
@click.option("--days", type=click.IntRange(1, LONGEST), default=USUAL, show_default=True, help="How long it holds.")
@prints(TokenMade)
@pass_session
def make_command(
    session: Session, person: str, purpose: str, actions: tuple[str, ...], days: int, as_json: bool
) -> None:
    """Make a token for a person, for some of what their roles allow; it is shown this once.

    Example: mastery token make sis --for "nightly results" --may record-evidence --days 180
    """
    with desk(session.folder) as at:
        holder = at.person(person)
        wanted = [ACTIONS[one] for one in actions]
        made = at.tokens.make(holder, purpose, wanted, _allowed(session, holder), days)
    show(TokenMade(made), as_json, lambda one: [f"The token, shown this once: {one.token}"])


def _allowed(session: Session, holder: str) -> frozenset[Action]:
    """Return what the roles of a person allow today, in any ledger of the folder."""
    found: set[Action] = set()
    for name in Home(session.folder).jurisdictions():
        with open_ledger(session.folder, name) as ledger:
            roles = {one.role for one in grants_of(ledger, holder) if one.holds_on(ledger.today())}
        found |= {one for one in Action for role in roles if may(role, one, by_token=True)}
    return frozenset(found) - NEVER


@token.command("list")
@click.argument("person", type=text)
@prints(TokensShown)
@pass_session
def list_command(session: Session, person: str, as_json: bool) -> None:
    """List the tokens of a person: what for, until when, and when last used.

    Example: mastery token list sis
    """
    with desk(session.folder) as at:
        found = at.tokens.of(at.person(person))
    show(TokensShown(found), as_json, _listed)


def _listed(answer: TokensShown) -> Iterator[str]:
    rows = [
        (one.token, one.purpose, one.made[:10], one.expires[:10], (one.used or "never")[:10], (one.revoked or "")[:10])
        for one in answer.tokens
    ]
    yield from table(("token", "for", "made", "until", "last used", "revoked"), rows)
    yield f"{counted(len(rows), 'token')}."


@token.command("revoke")
@click.argument("person", type=text)
@click.argument("token_id", metavar="TOKEN")
@prints(TokenRevoked)
@pass_session
def revoke_command(session: Session, person: str, token_id: str, as_json: bool) -> None:
    """Let a token hold no longer, named by the id that `mastery token list` shows.

    Example: mastery token revoke sis 5f0c2b7e91d3a846
    """
    with desk(session.folder) as at:
        at.tokens.revoke(at.person(person), token_id)
    show(TokenRevoked(token_id), as_json, lambda one: [f"The token {one.revoked} holds no longer."])
