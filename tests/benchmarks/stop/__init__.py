"""Whether "stop" is obeyed while the guide speaks, and whether it stops at its own words."""
