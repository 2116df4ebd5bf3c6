"""A demonstration of wrongdoing: one invented district whose year holds planted wrongs, and innocent look-alikes.

Everything comes in by ordinary commands at the hours of the story; `planted.json` says what was planted.
"""

from ledger.demonstration.planting.building import PLANTED, build_planted, is_planted

__all__ = ["PLANTED", "build_planted", "is_planted"]
