"""What comes of a pilot: figures of one ledger, with intervals, small groups hidden, and pilots side by side."""
