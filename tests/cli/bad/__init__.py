"""What people get wrong at the command line, and what they are told."""
