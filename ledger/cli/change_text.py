"""A change of rules laid out as text."""

from collections.abc import Iterator

from ledger.cli.printing import counted
from ledger.inquiry.changes import ChangeRow, ChangeView

STEPS = {
    "preview": "mastery changes preview {number}",
    "submit": "mastery changes submit {number}",
    "approve": "mastery changes approve {number}",
    "decline": "mastery changes decline {number} --reason TEXT",
    "schedule": "mastery changes schedule {number}",
    "activate": "mastery changes activate {number}",
    "withdraw": "mastery changes withdraw {number} --reason TEXT",
    "confirm": "mastery changes confirm {number} --authority BODY",
    "roll-back": "mastery changes roll-back {number} --from DAY --authority BODY --reason TEXT",
}


def change_line(row: ChangeRow) -> str:
    """Return a change in one sentence."""
    last = f" to {row.last_day}" if row.last_day else ""
    what = "ends" if row.verb == "ends" else "adopts"
    urgent = ", an emergency" if row.emergency else ""
    return (
        f"Change {row.number} ({row.status}{urgent}): {row.jurisdiction} {what} {row.edition} for {row.question} of "
        f"{row.about}, from {row.first_day}{last}."
    )


def change_lines(view: ChangeView) -> Iterator[str]:
    """Lay out everything about a change."""
    row = view.row
    yield change_line(row)
    yield f"  Why: {row.reason}"
    yield f"  Authority: {_authority(view)}"
    if view.replaces and view.replaces != row.edition:
        yield f"  In place of: {view.replaces}"
    if view.rolls_back is not None:
        yield f"  It rolls back change {view.rolls_back}."
    if view.rolled_back_by is not None:
        yield f"  It was rolled back by change {view.rolled_back_by}."
    yield from (f"  {sentence}" for sentence in view.binds)
    yield from _values(view)
    yield from (f"  {sentence}" for sentence in view.checks)
    yield from _preview(view)
    yield "Steps taken:"
    yield from (f"  {_moment(step.at)}  {step.what}{_by(step.who)}{_said(step.words)}" for step in view.steps)
    yield from _next(view)


def _authority(view: ChangeView) -> str:
    said = view.authority
    parts = (said.body, said.date, f"minute {said.minute}" if said.minute else None, said.link)
    return ", ".join(part for part in parts if part)


def _values(view: ChangeView) -> Iterator[str]:
    changed = [one for one in view.values if one.differs and one.before and one.after]
    if changed:
        yield "  Values that change:"
    yield from (f"    {one.name}: {one.before} -> {one.after} ({one.says}; {one.allowed})" for one in changed)


def _preview(view: ChangeView) -> Iterator[str]:
    found = view.preview
    if found is None:
        yield "Not previewed yet."
        return
    yield (
        f"Preview as of position {found.position}, decided for {found.on}: {counted(found.learners, 'learner')} looked "
        f"at, {found.concerned:,} concerned."
    )
    answers = counted(sum(pair.count for pair in found.pairs), "answer")
    yield (
        f"  Of {answers} {found.gains:,} would be gained, {found.losses:,} lost, {found.people:,} wait for a person, "
        f"{found.others:,} change otherwise."
    )
    if found.awards:
        yield f"  Awards among those lost, which stand all the same: {found.awards:,}."
    for pair in found.pairs:
        change = "unchanged" if pair.without == pair.with_it else f"-> {pair.with_it or 'not asked'}"
        yield f"  {pair.count:>7,}  {pair.question} {pair.without or 'not asked'} {change}"
    if view.moved:
        yield f"  It no longer holds: {view.moved}."


def _next(view: ChangeView) -> Iterator[str]:
    possible = [one.step for one in view.next if not one.refusal]
    if possible:
        yield "What you may do:"
    yield from (f"  {STEPS[step].format(number=view.row.number)}" for step in possible)


def _moment(at: str) -> str:
    return at[:16].replace("T", " ")


def _by(who: str) -> str:
    return f" by {who}" if who else ""


def _said(words: str) -> str:
    return f": {words}" if words else ""
