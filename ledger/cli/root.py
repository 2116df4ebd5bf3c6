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
    "access": ("ledger.cli.access:access", "Say who holds which role where, and who looked at what."),
    "account": ("ledger.cli.accounts:account", "Say who may sign in, with a password or through a provider."),
    "token": ("ledger.cli.tokens:token", "Make and revoke tokens, by which programs act for people."),
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
    "audit": ("ledger.cli.audit_queries:audit", "Ask a ledger what an auditor asks, each question a command."),
    "reconcile": ("ledger.cli.reconciling:reconcile", "Hold a transcript or a roster against the ledger."),
    "replay": ("ledger.cli.replaying:replay", "Make every decision again from the ledger alone."),
    "replay-as": (
        "ledger.cli.replaying_as:replay_as_command",
        "What-if: say what another rule would have said of the decisions made.",
    ),
    "verify": ("ledger.cli.verifying:verify", "Hold a ledger against its leaves, tree and checkpoints, row by row."),
    "signer": ("ledger.cli.signing:signer", "Sign the log, over events read again: a process of its own."),
    "signing-key": ("ledger.cli.signing_keys:signing_key", "Make, introduce and replace the key that signs."),
    "checkpoint": ("ledger.cli.checkpoints:checkpoint", "Print the last checkpoint, or hand it out."),
    "checkpoints": ("ledger.cli.checkpoints:checkpoints", "List checkpoints; deliver them and receive them."),
    "proof": ("ledger.cli.proving:proof", "Prove that an event is in the signed log, and check such a proof."),
    "witness": ("ledger.cli.witnessing:witness", "Sign, for somebody outside, that a log only grew."),
    "receipt": ("ledger.cli.receipts:receipt_command", "Prove that a credit or graduation is in the signed log."),
    "heads": ("ledger.cli.bundling:heads", "State the last event of every stream, so that a bundle can be whole."),
    "bundle": ("ledger.cli.bundling:bundle", "Make a file from which an auditor can check some of the ledger offline."),
    "rebuild": ("ledger.cli.auditing:rebuild", "Make the read models anew and say what differed."),
    "document": ("ledger.cli.documents:documents", "Keep documents beside the ledger, and require them."),
    "erase": ("ledger.cli.erasing:erase_command", "Erase a learner for good: key, texts, documents, payloads."),
    "backup": ("ledger.cli.backing_up:backup", "Copy everything that cannot be made again into a new folder."),
    "restore": ("ledger.cli.backing_up:restore", "Put a backup into a new folder, and verify it."),
    "books": ("ledger.cli.closing_books:books", "Close a graduation list or a term, and reopen what was closed."),
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
