"""The read models of a ledger, brought up to date before they are asked."""

from collections.abc import Iterator
from contextlib import contextmanager

from ledger.application import Ledger
from ledger.cli.progress import progress
from ledger.projections.runner import catch_up
from ledger.storage.read_models import ReadModels


@contextmanager
def read_models(ledger: Ledger) -> Iterator[ReadModels]:
    """Give the read models of a ledger, up to date."""
    models = ReadModels(ledger.home.read_file(ledger.jurisdiction))
    try:
        with progress({"fold": "events read"}) as tell:
            catch_up(ledger.log, models, progress=lambda done, last: tell("fold", done, last))
        yield models
    finally:
        models.close()
