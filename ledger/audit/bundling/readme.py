"""The page that lies in every bundle, for whoever opens one and does not know what it is."""

README = """\
This is an audit bundle of a Mastery Ledger: some events of a record of learning, with what is needed to
check them offline. Learners and everybody who acted stand here under random numbers, without a name.

  events.txt       one event a line: index, stream, version, topic, and the very bytes that are stored
  checkpoint       the size and root of the whole log, signed
  checkpoints/     earlier ones, by size
  tree.txt         hashes that stand for all the events that are not here
  leaves.txt       instead of them, where asked for: one record for every event of the log, without content
  heads.txt        the last event of each stream, as far as it concerns this bundle
  bundle.json      what was asked for, and the SHA-256 of each file

Believe nothing of this because it says so. Check it with your own copy of the verifier and your own list of
keys, never with anything that came in the same delivery:

  python -m ledger.audit.verifier THIS.zip --trust POLICY --pin CHECKPOINT
"""
