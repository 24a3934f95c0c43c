"""Going through proposed changes one by one: a pure session, and the terminal that shows it."""
