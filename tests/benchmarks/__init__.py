"""Measurements: run by hand, each prints a table. They are not collected as tests."""
