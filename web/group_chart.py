"""The chart of a change by group: for each the share that would lose something, as far as it may be shown."""

from fractions import Fraction

from markupsafe import Markup

from ledger.inquiry.impact_groups import GroupImpact, Impact
from web.charts import share

HEIGHT = 20


def group_bars(impact: Impact) -> Markup:
    """Draw a bar for the whole and one for each group: solid up to the least it can be, lighter up to the most."""
    scale = max([_percent(impact), *(one.most or 0 for one in impact.groups)], default=0) or 1
    whole = _row("All learners", _bar(_percent(impact), _percent(impact), scale), share(impact.lose, impact.learners))
    rows = [
        _row(one.group[:1].upper() + one.group[1:], _bar(one.least, one.most, scale), _words(one), one.unfair)
        for one in impact.groups
    ]
    return Markup('<ol class="bars">{rows}</ol>').format(rows=Markup("").join([whole, *rows]))


def _percent(impact: Impact) -> int:
    return -(-100 * impact.lose // impact.learners) if impact.learners else 0


def _words(one: GroupImpact) -> str:
    return "hidden" if one.least is None else f"{one.least} to {one.most} %"


def _row(label: str, bar: Markup, words: str, unfair: bool = False) -> Markup:
    flag = Markup(' <span class="flag">above the whole</span>') if unfair else Markup("")
    return Markup("<li><span>{label}{flag}</span>{bar}<b>{words}</b></li>").format(
        label=label, flag=flag, bar=bar, words=words
    )


def _bar(least: int | None, most: int | None, scale: int) -> Markup:
    if least is None or most is None:
        return Markup('<svg class="chart" height="{h}" width="100%" aria-hidden="true"></svg>').format(h=HEIGHT)
    return Markup(
        '<svg class="chart" width="100%" height="{h}" aria-hidden="true">'
        '<rect class="may" width="{most}" height="{h}"/><rect class="bad" width="{least}" height="{h}"/></svg>'
    ).format(h=HEIGHT, least=_width(least, scale), most=_width(most, scale))


def _width(percent: int, scale: int) -> str:
    tenths = (Fraction(percent * 1000, scale)).__floor__()
    return f"{tenths // 10}.{tenths % 10}%"
