"""Code that judges by the clock, by chance, by files and by what stands around it."""

# ruff: noqa: A001, B006, B009, B015, D103, E731, F401, F841, PIE804, PTH123, RET501, S307

import random

from ledger.policy import all_of, fact, judged
from ledger.policy.hookspecs import hookimpl
from tests.policy.sound import LAW, sound

SEEN = []


def counting(most):
    """Make a function that remembers what was made with it."""

    @judged(id="closure", says="Closed over.", needs=[fact.score], cites=LAW)
    def remembered(facts, parameters):
        return facts.score < most

    return remembered


@judged(id="around", says="Looks around.", needs=[fact.score], cites=LAW)
def around(facts, parameters, seen=[]):
    import os
    from datetime import date

    global SEEN
    SEEN.append(facts.score)
    today = date.today()
    if random.random() > 0.5:
        return open("x").read() == eval("1")
    if getattr(facts, "score") and facts.__dict__ and facts.note:
        return hash(facts.score) == id(today)
    return isinstance(facts.score, int)


@judged(id="form", says="Written otherwise.", needs=[fact.score, fact.score], cites=LAW)
def form(facts, parameters):
    while facts.score:
        pass
    try:
        share = facts.score / 2**3
    except ZeroDivisionError:
        raise
    inner = lambda one: one
    facts.score = {1, 2}
    sum = f"{facts}"
    facts.score == 1
    for one in sorted([1], key=inner):
        if one is share:
            inner(one).bit_length(**{})
    if share:
        return None


@judged(id="idle", says="Reads nothing.", needs=[fact.score], cites=LAW)
def idle(facts, parameters):
    return True


@judged(id="sum", says="Calls itself.", needs=[fact.score], cites=LAW)
def again(facts, parameters):
    return again(facts, parameters) or b"" == ... or [1][0](facts.score)


@hookimpl
def ledger_policies():
    """Give a policy with all of it."""
    yield sound("us-ex/impure", requires=all_of(counting(1), around, form, idle, again))
