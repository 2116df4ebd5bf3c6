"""The command `mastery` itself: what holds for every command, and where each one is."""

from pathlib import Path
from typing import Any

import click

from ledger.cli.lazy import LazyGroup
from ledger.cli.session import Session
from ledger.cli.telling import debugging, told, told_of_system
from ledger.errors import LedgerError

COMMANDS = {
    "demo": ("ledger.cli.serving:demo", "Build a ledger of made-up schools and show it in the browser."),
    "serve": ("ledger.cli.serving:serve", "Show the ledgers of a folder in the browser."),
    "init": ("ledger.cli.opening:init", "Make the ledger of a state, a district or a school."),
    "adopt": ("ledger.cli.adopting:adopt", "Make a policy the rule of a jurisdiction from a day on."),
    "changes": ("ledger.cli.changing:changes", "Change what governs: proposed, previewed, approved by another person."),
    "bounds": ("ledger.cli.bounding:bounds", "Set what jurisdictions below must keep within."),
    "designate": ("ledger.cli.adopting:designate", "Make competencies priority standards of a course."),
    "frameworks": ("ledger.cli.framework_group:frameworks", "Look at frameworks side by side, and align them."),
    "pilots": ("ledger.cli.piloting:pilots", "Try another rule in some places for a time, and compare."),
    "upstream": ("ledger.cli.upstream:upstream", "Receive what binds this ledger from the one above."),
    "import": ("ledger.cli.bringing:bring", "Bring in a framework, a scale, alignments or evidence from a file."),
    "record": ("ledger.cli.recording:record", "Record evidence and all else that rules read, by hand."),
    "correct": ("ledger.cli.amending:correct", "Replace what a piece of evidence says."),
    "withdraw": ("ledger.cli.amending:withdraw", "Take a piece of evidence out of every decision to come."),
    "learners": ("ledger.cli.learners:learners", "List the learners on record."),
    "learner": ("ledger.cli.learners:learner", "Show where a learner stands, why, and what is missing."),
    "decisions": ("ledger.cli.decisions:decisions", "List decisions, the newest first."),
    "explain": ("ledger.cli.decisions:explain", "Explain a decision and make it again."),
    "differing": ("ledger.cli.differing:differing_command", "List what another rule would now decide otherwise."),
    "settle": ("ledger.cli.settling:settle_command", "Rule on decisions that would now be others."),
    "policies": ("ledger.cli.policies:policies", "Look at policies, and try them, without a ledger."),
    "simulate": ("ledger.cli.simulating:simulate_command", "Say what another rule would change, for whom and why."),
    "tick": ("ledger.cli.calendar:tick", "Ask again, as of a day, what depends on the calendar."),
    "replay": ("ledger.cli.auditing:replay", "Make every decision again from the ledger alone."),
    "rebuild": ("ledger.cli.auditing:rebuild", "Make the read models anew and say what differed."),
    "events": ("ledger.cli.events:events", "Show the log itself."),
}
"""Every command: where it is, and what it does."""


class Root(LazyGroup):
    """The outermost group; it turns the product's errors into sentences and an exit status."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except LedgerError as error:
            if debugging():
                raise
            raise told(error) from error
        except OSError as error:
            if debugging() or isinstance(error, BrokenPipeError):
                raise
            raise told_of_system(error) from error


@click.group(cls=Root, table=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--home",
    envvar="MASTERY_HOME",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder that holds the ledgers; ./mastery-home where not given.  [env: MASTERY_HOME]",
)
@click.option(
    "--ledger",
    envvar="MASTERY_LEDGER",
    metavar="JURISDICTION",
    help="The ledger meant, where the folder holds several.  [env: MASTERY_LEDGER]",
)
@click.option(
    "--as", "who", default="operator", metavar="WHO", show_default=True, help="Who acts, by the id of that person."
)
@click.version_option(package_name="mastery-ledger", message="%(prog)s %(version)s")
@click.pass_context
def main(ctx: click.Context, home: Path | None, ledger: str | None, who: str) -> None:
    """Keep a record of learning: evidence in, decisions out, each explained and replayable.

    To look around: mastery demo
    """
    ctx.obj = Session(home, ledger, who)
