"""Sound to meaning: a model hears words, which count or do not, and mean something.

It may not know what a command does, and reads no clock: all its times are seconds of audio.
"""
