"""Rehearsals: a scripted partner who speaks at scripted moments, and the reports of what happened."""
