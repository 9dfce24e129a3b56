"""What the session does, one rule a cell of the table. A rule changes the turn it is given."""
