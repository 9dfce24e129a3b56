"""Routines: YAML files, checked and worked out into plans."""
