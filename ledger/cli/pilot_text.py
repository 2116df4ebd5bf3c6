"""A pilot, and pilots side by side, as text for people."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from ledger.cli.printing import counted, table
from ledger.domain.jurisdiction import Binding
from ledger.inquiry.pilots import AdoptedUnder, FiguresStanding, PilotView, TermsView
from ledger.inquiry.rounding import one_decimal
from ledger.pilots.comparing import ComparedArm, MeasureRow, PilotComparison
from ledger.pilots.figures import RuleInForce
from ledger.pilots.hiding import FEWEST
from ledger.pilots.matrix import MatrixCell

CHARACTERS = 8
"""Of a pilot's id, in a line."""


def pilot_line(one: PilotView) -> tuple[str, ...]:
    """Return a pilot in a line."""
    opened = one.opened
    return (
        one.pilot[:CHARACTERS],
        one.title,
        f"{opened.question} ({opened.award})",
        one.first_day,
        one.last_day,
        one.status,
    )


def pilot_lines(one: PilotView) -> Iterator[str]:
    """Write a pilot out."""
    opened = one.opened
    yield f"{one.title} ({one.pilot})"
    yield f"  {opened.question} ({opened.award}), {one.first_day} to {one.last_day}, {one.status}"
    yield f"  by {opened.authority.body}, of {opened.jurisdiction}: {opened.purpose}"
    for part in one.participants:
        yield f"  {part.organisation} from {part.first_day}"
    for name, values in (("grades", opened.scope.grades), ("courses", opened.scope.courses)):
        if values:
            yield f"  only {name} {', '.join(values)}"
    yield f"  {_exit_words(one)}"
    if opened.waiver is not None:
        waived = f"waives the bounds at {', '.join(map(str, opened.waives))}" if opened.waives else "no bound set here"
        yield f"  waiver: {opened.waiver.citation}: {opened.waiver.sentence} ({waived})"
    yield from _terms(one.terms)
    for each in one.adoptions:
        yield from _adoption(each)
    for figures in one.figures:
        yield f"  figures of {figures.jurisdiction}: {_figures_words(figures)}"


def _exit_words(one: PilotView) -> str:
    if one.opened.exit_rule == "return-at-end":
        return "whoever is in the middle at the end returns to the ordinary rule; what was decided stands"
    until = f", to {one.exit_by} at the longest" if one.exit_by else ""
    return f"whoever is in the middle at the end finishes under the pilot{until}; what was decided stands"


def _terms(several: Sequence[TermsView]) -> Iterator[str]:
    for one in several:
        last = one.last_day or "further notice"
        yield f"  to adopt under it here: {one.first_day} to {last}, binding {_binding_words(one.binding)}"


def _binding_words(binding: Binding | None) -> str:
    if binding is None:
        return "everybody"
    parts = [
        f"learners of {', '.join(binding.organisations)}" if binding.organisations else "learners",
        f"in grades {', '.join(binding.grades)}" if binding.grades else "",
        f"in courses {', '.join(binding.courses)}" if binding.courses else "",
        f"who began ({binding.clock}) by {binding.until}" if binding.until else "",
    ]
    return " ".join(part for part in parts if part)


def _adoption(one: AdoptedUnder) -> Iterator[str]:
    last = one.last_day or "further notice"
    yield f"  adopted at position {one.position}: {one.jurisdiction}, {one.edition}, {one.first_day} to {last}"
    for sentence in one.beyond:
        yield f"    reaches beyond it: {sentence}"


def _figures_words(one: FiguresStanding) -> str:
    if one.position is None:
        return one.standing
    of = "certified at" if one.standing == "received" else "of"
    return f"{one.standing} ({of} position {one.position})"


def comparison_lines(answer: PilotComparison) -> Iterator[str]:
    """Write pilots side by side."""
    yield f"{answer.title}: {answer.question} ({answer.award}), {answer.first_day} to {answer.last_day}"
    yield f"{answer.submitted} of {counted(len(answer.arms), 'organisation')} submitted figures."
    for arm in answer.arms:
        yield from _arm_lines(arm)
    yield ""
    rows = [(_measure(row), row.organisation, *_numbers(row)) for row in answer.rows]
    yield from table(("measure", "organisation", "number", "share", "95 %"), rows)
    if answer.matrix:
        yield ""
        yield "Answers met: the learners of a row under the rule of a column, as their records stand now"
        yield from _matrix_lines(answer)
    yield f"Hidden: fewer than {FEWEST} learners, or a number from which such a one would follow."


def _arm_lines(arm: ComparedArm) -> Iterator[str]:
    part = "" if arm.takes_part else " (to compare with)"
    if not arm.submitted:
        yield f"  {arm.organisation}{part}: not submitted"
        return
    yield (
        f"  {arm.organisation}{part}: {arm.first_day} to {arm.last_day}, from {arm.ledger} up to position "
        f"{arm.position}, certified on {arm.certified_on} by the {arm.certified_by}"
    )
    for rule in arm.rules:
        yield f"    {_rule_words(rule)}"


def _rule_words(rule: RuleInForce) -> str:
    last = rule.last_day or "further notice"
    change = " and ".join(word for word, so in (("began", rule.began), ("ended", rule.ended)) if so)
    mark = f"; it {change} within these days" if change else ""
    return f"{rule.edition} of {rule.jurisdiction}, {rule.first_day} to {last}{mark}"


def _measure(row: MeasureRow) -> str:
    return f"{row.measure}: {row.part.replace('_', ' ')}" if row.part else row.measure


def _numbers(row: MeasureRow) -> tuple[str, str, str]:
    if row.state != "shown":
        return row.state, "", ""
    of = f" of {row.of}" if row.of and row.share else f" ({counted(int(row.of), 'learner')})" if row.of else ""
    reach = f"{row.low} to {row.high}" if row.low is not None else ""
    value = one_decimal(Fraction(row.value)) if row.value and "/" in row.value else row.value
    return f"{value or 'nobody'}{of}", row.share or "", reach


def _matrix_lines(answer: PilotComparison) -> Iterator[str]:
    names = [arm.organisation for arm in answer.arms]
    cells = {(one.learners_of, one.rule_of): one for one in answer.matrix}
    rows = [(name, *(_cell(cells[name, other]) for other in names)) for name in names]
    yield from table(("learners of", *names), rows)


def _cell(cell: MatrixCell) -> str:
    if cell.state == "not available":
        return "not available: submit figures"
    if cell.met is None or cell.met.count is None:
        return cell.state
    if not cell.met.of:
        return "no answers"
    unanswered = f", {cell.unanswered} unanswered" if cell.unanswered else ""
    return f"{cell.met.count} of {cell.met.of} ({cell.met.low} to {cell.met.high}{unanswered})"
