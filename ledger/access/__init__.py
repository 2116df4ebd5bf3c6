"""Who may do what, where: the table of roles and actions, and the grants that put people into roles."""
