"""Pennsylvania: the statewide graduation requirement of the Public School Code."""
