"""`mastery adopt` and `mastery designate`: what governs, from a day on, by whose authority."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import click

from ledger.application import adopting
from ledger.application import governing as commands
from ledger.application.named import policy_named, scale_named, subjects_named
from ledger.catalogue import load
from ledger.cli.options import authority, day, plugins, settings, text
from ledger.cli.printing import counted, prints, show
from ledger.cli.session import Session, pass_session
from ledger.domain.jurisdiction import PolicyAdopted
from ledger.domain.shapes import Authority
from ledger.errors import UsageError


@dataclass(frozen=True, slots=True)
class Adopted:
    """An adoption as stored, its position in the log, how many learners were on record before, and second thoughts."""

    position: int
    adoption: PolicyAdopted
    learners: int
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Designated:
    """The competencies designated, by id, and the position of the last designation in the log."""

    position: int
    course: str
    competencies: tuple[str, ...]
    priority: bool


def settings_of(given: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return parameters by name; refuse one that is given twice."""
    names = [name for name, _ in given]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"the parameter {name!r} is given twice")
    return dict(given)


@click.command()
@click.argument("policy")
@click.option("--jurisdiction", required=True, help="Whose rule it becomes.")
@click.option("--from", "first_day", type=day, required=True, help="The first day.")
@click.option("--until", "last_day", type=day, help="The last day; open where not given.")
@settings
@click.option("--subject", "subjects", multiple=True, help="Only for this competency or course; may be repeated.")
@click.option("--scale", help="The scale whose bands turn scores into levels, by id or title.")
@authority
@click.option("--reason", type=text, required=True, help="Why; public, it stands in the log.")
@click.option("--acknowledge-unverified", is_flag=True, help="Adopt although something in it is not verified.")
@plugins
@prints(Adopted)
@pass_session
def adopt(
    session: Session,
    policy: str,
    jurisdiction: str,
    first_day: date,
    last_day: date | None,
    parameters: tuple[tuple[str, str], ...],
    subjects: tuple[str, ...],
    scale: str | None,
    body: str,
    dated: date | None,
    minute: str | None,
    link: str | None,
    reason: str,
    acknowledge_unverified: bool,
    plugins: tuple[str, ...],
    as_json: bool,
) -> None:
    """Make a policy the rule of a jurisdiction from a day on.

    POLICY is the id of a policy, in the edition in force on that day, or id@first-day for one edition.

    Example: mastery adopt competency-based/mastery --jurisdiction us-tx/pine-valley --from 2026-08-01
    --scale four-levels --authority "Board of trustees" --minute 2026-14 --reason "Competency-based from this year"
    """
    chosen = policy_named(load(plugins), policy, first_day)
    with session.open(jurisdiction) as ledger:
        adoption = adopting.Adoption(
            policy=chosen,
            jurisdiction=jurisdiction,
            first_day=first_day,
            last_day=last_day,
            authority=authority_of(body, dated, minute, link),
            reason=reason,
            overrides=settings_of(parameters),
            subjects=subjects_named(ledger, chosen, subjects),
            scale=scale_named(ledger, scale),
            acknowledge_unverified=acknowledge_unverified,
        )
        done = adopting.adopt(ledger, session.author(ledger), adoption)
        stored = next(one for one in ledger.governance().adoptions if one.position == done.last)
        learners = len(ledger.log.recorder.streams("learner/"))
        doubts = adopting.warnings(ledger, adoption)
    show(Adopted(done.last, stored.payload, learners, doubts), as_json, _adopted)


def authority_of(body: str, dated: date | None, minute: str | None, link: str | None) -> Authority:
    """Return the body behind a public decision, as it was given."""
    return Authority(body=body, date=dated.isoformat() if dated else None, minute=minute, link=link)


def _adopted(answer: Adopted) -> Iterator[str]:
    adoption = answer.adoption
    last = f" to {adoption.last_day}" if adoption.last_day else ""
    which = f" ({', '.join(adoption.selector.ids)})" if adoption.selector.ids else ""
    yield (
        f"{adoption.jurisdiction} answers {adoption.question} of a {adoption.selector.kind}{which} with "
        f"{adoption.edition}, from {adoption.first_day}{last} (position {answer.position})."
    )
    for override in adoption.overrides:
        yield f"  {override.name} = {override.value}"
    yield "What is recorded from now on is decided by it."
    yield from (f"warning: {doubt}" for doubt in answer.warnings)
    if answer.learners:
        yield (
            f"{counted(answer.learners, 'learner')} on record already: what stands for them is kept; what was never "
            "asked about them is asked by `mastery tick`."
        )


@click.command()
@click.argument("competencies", nargs=-1, required=True)
@click.option("--course", type=text, required=True, help="The code of the course.")
@click.option("--from", "first_day", type=day, required=True, help="The first day.")
@click.option("--until", "last_day", type=day, help="The last day; open where not given.")
@click.option(
    "--kind",
    type=click.Choice(["academic", "transferable", "habit"]),
    default="academic",
    show_default=True,
    help="What kind of competency; a habit moves no academic decision unless the rule names it.",
)
@click.option("--not", "taken_back", is_flag=True, help="Take the designation back instead.")
@authority
@prints(Designated)
@pass_session
def designate(
    session: Session,
    competencies: tuple[str, ...],
    course: str,
    first_day: date,
    last_day: date | None,
    kind: str,
    taken_back: bool,
    body: str,
    dated: date | None,
    minute: str | None,
    link: str | None,
    as_json: bool,
) -> None:
    """Make competencies, by id or code, priority standards of a course.

    Example: mastery designate A.1 A.2 --course ALG1 --from 2026-08-01 --authority "Mathematics department"
    """
    with session.open() as ledger:
        done = commands.designate(
            ledger,
            session.author(ledger),
            competencies,
            course,
            first_day=first_day,
            last_day=last_day,
            authority=authority_of(body, dated, minute, link),
            priority=not taken_back,
            kind=kind,
        )
        found = tuple(commands.find_competency(ledger, name)[2] for name in competencies)

    def lines(answer: Designated) -> Iterator[str]:
        verb = "are no longer" if taken_back else "are"
        names = ", ".join(competencies)
        yield f"{names} {verb} priority standards of {course} from {first_day} (position {answer.position})."

    show(Designated(done.last, course, found, not taken_back), as_json, lines)
