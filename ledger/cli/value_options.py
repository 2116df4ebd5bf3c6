"""The options that say what a piece of evidence says: of what, how well, when."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, get_args

import click

from ledger.cli.options import text
from ledger.domain.learner import Condition, EvidenceKind, Purpose, Setting
from ledger.errors import InputFaults, UsageError
from ledger.interchange.evidence_fields import ABSENT_REASONS

Command = TypeVar("Command", bound=Callable[..., Any])

NAMES: Mapping[str, str] = {
    "score_max": "--of",
    "score_min": "--from-score",
    "absent_reason": "--absent",
    "conditions": "--condition",
}
"""The options that are not called like their field."""

RESULT = ("level", "score", "passed", "absent_reason")

_OPTIONS = (
    click.option("--level", help="A level of the scale, by label or value."),
    click.option("--scale", help="The scale of the level; not needed where the ledger has one."),
    click.option("--score", help="A plain decimal number."),
    click.option("--of", "score_max", metavar="MAX", help="The highest score there is."),
    click.option("--from-score", "score_min", metavar="MIN", help="The lowest score there is."),
    click.option("--passed/--not-passed", default=None, help="Passed or not, where that is all there is."),
    click.option("--absent", "absent_reason", type=click.Choice(ABSENT_REASONS), help="Why there is no result."),
    click.option("--task", type=text, help="The task, by id or name."),
    click.option("--item", type=text, help="The item within the task."),
    click.option("--instrument", type=text, help="The published test or examination."),
    click.option("--form", type=text, help="The form of the test."),
    click.option("--rubric", type=text, help="The edition of the rubric."),
    click.option("--setting", type=click.Choice(get_args(Setting)), help="Where it happened."),
    click.option(
        "--condition", "conditions", type=click.Choice(get_args(Condition)), multiple=True, help="May be repeated."
    ),
    click.option("--language", help="The language of the work, as a BCP 47 tag."),
    click.option("--attempt", help="Which try it was, counted from 1."),
    click.option("--occurred", metavar="DATE", help="When it happened."),
    click.option("--submitted", metavar="DATE", help="When it was handed in."),
    click.option("--due", metavar="DATE", help="When it was due."),
    click.option("--scored", metavar="DATE", help="When it was judged."),
    click.option("--organisation", type=text, help="The organisation that judged it."),
    click.option("--capacity", type=text, help="In what capacity it was judged: teacher, panel, machine."),
)


def value_options(command: Command) -> Command:
    """Add the options of what evidence says; the command gets them as keywords named like the fields."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def about_options(*, required: bool) -> Callable[[Command], Command]:
    """Add kind, purpose and the subjects."""

    def decorated(command: Command) -> Command:
        for option in (
            click.option("--purpose", type=click.Choice(get_args(Purpose)), required=required, help="What it was for."),
            click.option("--kind", type=click.Choice(get_args(EvidenceKind)), required=required, help="What it is."),
            click.option("--requirement", type=text, help="The requirement it is about, by code."),
            click.option("--course", type=text, help="The course it is about, by code."),
            click.option(
                "--competency", "competencies", multiple=True, help="A competency, by id or code; may be repeated."
            ),
        ):
            command = option(command)
        return command

    return decorated


def fields_of(given: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields that were given, each as the text a file would hold."""
    found = {name: value for name, value in given.items() if value not in (None, ())}
    texts = {bool: lambda value: "yes" if value else "no", tuple: ";".join}
    return {name: texts.get(type(value), str)(value) for name, value in found.items()}


def option_of(field: str) -> str:
    """Name the option a field is given with."""
    return NAMES.get(field, f"--{field.replace('_', '-')}")


def as_options(error: InputFaults) -> UsageError:
    """Say faults of fields as faults of the options they were given with."""
    return UsageError("\n".join(f"{option_of(fault.field)}: {fault.why}" for fault in error.faults))


def require_one_result(fields: Mapping[str, str]) -> None:
    """Refuse evidence without a result, and with several."""
    if len([name for name in RESULT if name in fields]) != 1:
        raise UsageError(
            "give exactly one of --level, --score, --passed, --not-passed and --absent; missing is never zero"
        )
