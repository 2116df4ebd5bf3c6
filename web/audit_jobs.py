"""Long acts of an audit as jobs: started by a form, followed on a page of their own, read where they leave word."""

from collections.abc import Callable

from werkzeug.wrappers import Response as AnyResponse

from web import jobs


def started(kind: str, words: str, work: Callable[[jobs.Progress], object], address: str) -> AnyResponse:
    """Start an act, and lead to what it leaves at an address, or to the page that follows it until then."""

    def whole(progress: jobs.Progress) -> jobs.Outcome:
        work(progress)
        return jobs.Outcome(address)

    return jobs.followed(jobs.start(kind, words, whole))
