"""The pages of classes and of recording together: what an application needs to serve them."""

from flask import Flask

from web import class_pages, recording_evidence, recording_pages, recording_paste, recording_preparation, taking_back

PARTS = (class_pages, recording_pages, recording_paste, recording_preparation, recording_evidence, taking_back)
"""Every module that makes addresses; reading it makes them."""


def register(app: Flask) -> None:
    """Teach an application's templates what all these pages say."""
    class_pages.register(app)
    recording_pages.register(app)
    taking_back.register(app)
