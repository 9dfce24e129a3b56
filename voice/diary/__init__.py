"""The diary: what happened in every massage, so that nothing is lost and next week knows of this one.

One SQLite file. Never any audio, and nothing of what people said.
"""
