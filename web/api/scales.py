"""Scales: the levels in which results are told, in their order, with the exact value of each."""

from typing import Any

from ledger.access.actions import Action
from ledger.domain.framework import ScaleDefined
from ledger.importing.frameworks import ScaleBrought, import_scale_file
from ledger.projections.pages import Page
from web import access
from web.api import commands, paging, reading
from web.api.noun import SCOPE, Noun
from web.ledgers import here

NOUN = Noun("scales", "Scales", "The levels in which results are told, and the bands that turn a score into a level.")
TOML = "text/plain"


@NOUN.reads(f"{SCOPE}/scales", Page[ScaleDefined], query=paging.Paged)
@access.needs(Action.READ_FRAMEWORKS)
def list_scales(asked: dict[str, Any]) -> Any:
    """List every edition of every scale held, in the order in which they came."""
    held = [placed.payload for placed in here().ledger.governance().scales]
    return paging.cut(held, lambda one: one.digest, asked)


@NOUN.commands(f"{SCOPE}/scales", ScaleBrought, takes=TOML)
@access.needs(Action.IMPORT)
def bring_scale() -> Any:
    """Bring in a scale, as TOML in plain text; the same edition sent again changes nothing."""
    return import_scale_file(here().ledger, commands.author(), reading.raw(reading.LONGEST), "scale.toml")
