"""The sixteen threats, each carried out, and the message that names the row or the file.

| threat | carried out in | shown by |
|---|---|---|
| T1 a stored event is edited | test_rows | `mastery verify`: `event_altered` names the position |
| T2 the end of the log is removed | test_rows | what was left behind, else `pin_differs`, `checkpoint_differs` |
| T3 a back-dated event is inserted | test_rows, test_time | no seal: `event_forged`; with one: `time_went_back` |
| T4 a rule is swapped under its name | test_rules | `event_altered`; replay says `policy_digest_mismatch` |
| T5 the values of a rule are edited | test_rules | `event_altered`; replay says `parameters_missing` |
| T6 the clock is turned back | test_time, verifying/test_beside | `time_went_back`, where it was sealed so |
| T7 a list that is shown is edited | test_derived | `verify --projections`: `read_model_differs` names the row |
| T8 history replayed with other code | test_rules | replay says `explanation_diverged`, and names the digests |
| T9 a snapshot is edited | test_derived | `snapshot_differs` names learner and part, though its digest was made anew |
| T10 a tracking position is edited | test_derived | `read_model_differs` |
| T11 a topic names a module | test_rows | nothing is imported; `event_altered` says what the topic was |
| T12 bytes moved to another row | test_rows | `event_altered` says from which position |
| T13 everything rewritten and signed again | test_rewriting | `pin_differs` |
| T14 two histories shown to two people | test_rewriting | `pin_differs` against what the other was shown |
| T15 a bundle leaves events out | test_omission, tests/audit/bundle | a missing version; the heads committed to |
| T16 an erased score guessed from its hash | test_guessing | 16 random bytes in what is hashed, gone with the payload |
"""
