"""`mastery record panel`."""

from collections.abc import Callable
from typing import cast, get_args

import click
from msgspec.structs import replace

from ledger.application import Ledger
from ledger.application.checking import require_sound
from ledger.cli.options import moment, text
from ledger.cli.printing import prints
from ledger.cli.recorded_entry import past, record_entry, subject_given, subject_options
from ledger.cli.recorded_learner import new
from ledger.cli.session import Session, pass_session
from ledger.domain.learner import PanelMember, PanelResult, PanelVoted, Vote
from ledger.domain.shapes import Payload
from ledger.inquiry.written import WrittenView

VOTES = get_args(Vote)
FORM = "ROLE:VOTE[:WHO]"


def member(value: str) -> PanelMember:
    """Read how one member voted; WHO is still the id that was given."""
    role, _, said = text(value).partition(":")
    vote, named, who = said.partition(":")
    if not role.strip() or vote.strip() not in VOTES or (named and not who.strip()):
        raise click.BadParameter(f"{value!r} is not {FORM} with one of {', '.join(VOTES)}, as in teacher:yes:T-7")
    return PanelMember(role=role.strip(), vote=cast("Vote", vote.strip()), who=who.strip() or None)


@click.command()
@click.argument("learner")
@click.option("--body", type=text, required=True, help="The panel, as the policy that reads its votes names it.")
@click.option("--result", type=click.Choice(get_args(PanelResult)), required=True, help="What the panel itself found.")
@click.option(
    "--member",
    "members",
    type=member,
    metavar=FORM,
    multiple=True,
    required=True,
    help="How a member voted, in which role, and who that is; may be repeated.",
)
@subject_options
@click.option("--organisation", type=text, help="The organisation whose panel it is.")
@click.option("--occurred", type=moment, metavar="DATE", help="When.")
@click.option("--reason", type=text, help="Why; kept in the vault.")
@new
@prints(WrittenView)
@pass_session
def panel(
    session: Session,
    learner: str,
    body: str,
    result: PanelResult,
    members: tuple[PanelMember, ...],
    competency: str | None,
    course: str | None,
    requirement: str | None,
    organisation: str | None,
    occurred: str | None,
    reason: str | None,
    new: bool,
    as_json: bool,
) -> None:
    """Record how a panel voted on a learner's work; `sent_back` asks for more of it.

    Example: mastery record panel S-1001 --body review --result carried --member teacher:yes:T-7 --member expert:yes
    """

    def checked(ledger: Ledger) -> Callable[[str], Payload]:
        payload = PanelVoted(
            body=body,
            subject=subject_given(ledger, competency, course, requirement),
            occurred=past(ledger, occurred),
            result=result,
            members=members,
            organisation=organisation,
        )
        require_sound(payload)
        return lambda identity: replace(
            payload,
            members=tuple(_in_the_vault(ledger, one) for one in members),
            reason=ledger.vault.put_text(identity, reason) if reason else None,
        )

    record_entry(session, learner, new, as_json, "panel", checked)


def _in_the_vault(ledger: Ledger, given: PanelMember) -> PanelMember:
    return given if given.who is None else replace(given, who=ledger.vault.person_id(given.who))
