"""The room: what is played, what is heard, and where both come from. Knows no words and no massage."""
