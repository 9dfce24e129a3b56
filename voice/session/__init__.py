"""The conversation, pure: no clock, no sound, no files, nothing but the standard library."""
