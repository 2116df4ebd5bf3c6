"""The pages: what a ledger knows, read by people, and the forms by which rules are changed; nothing here decides."""

from web.app import create_app

__all__ = ["create_app"]
