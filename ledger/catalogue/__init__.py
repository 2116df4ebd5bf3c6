"""The catalogue of policies: plugins found, asked, checked and frozen; the one place that knows pluggy.

Plugins register values and never decide, so the order in which they are found changes nothing. A
catalogue is built whole or not at all, with every reason why not; a failed reload keeps the old one.
"""

from ledger.catalogue.contents import Beside, Catalogue
from ledger.catalogue.drafts import GROUP
from ledger.catalogue.loading import load, reload
from ledger.catalogue.plugins import BUILT_IN, TRACE, PluginFound

__all__ = ["BUILT_IN", "GROUP", "TRACE", "Beside", "Catalogue", "PluginFound", "load", "reload"]
