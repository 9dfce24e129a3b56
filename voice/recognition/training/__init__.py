"""Trains a small acoustic model in Vosk's own format, from synthetic speech and from recordings of people.

Behind the `train` extra: nothing else of easeup imports it.
"""
