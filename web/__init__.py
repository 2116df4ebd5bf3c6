"""The pages: what a ledger knows, read by people; nothing here decides or writes."""

from web.app import create_app

__all__ = ["create_app"]
