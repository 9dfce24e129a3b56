"""What can go wrong with a voice. Each carries one line for the person at the screen."""

from __future__ import annotations


class VoiceUnavailable(Exception):  # noqa: N818 - a state of the room, not a mistake of the caller's
    """The voice could not be made to speak, also not by starting it anew; the message says what to do."""


class UnknownVoice(ValueError):  # noqa: N818 - named like its neighbour
    """There is no voice of that name; the message names those that come near."""

    def __init__(self, name: str, near: tuple[str, ...]) -> None:
        """`near` are names of voices that exist, the likeliest first."""
        hint = f"did you mean {' or '.join(near)}?" if near else 'names look like "gmw/en-us".'
        super().__init__(f'There is no voice "{name}": {hint}')
        self.name = name
        self.near = near
