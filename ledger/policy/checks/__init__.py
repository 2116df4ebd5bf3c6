"""What is checked of a policy before it may be used; `ledger.policy.check` puts it together."""
