"""Looks whether everything is here that easeup needs, and says what to do where it is not."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from voice.audio.devices import SoundUnavailable, find_device, full_name
from voice.language import Commands
from voice.recognition import models
from voice.recognition.recognizer import Recognizer
from voice.session.intents import IntentName
from voice.session.lines import Line, Prompt
from voice.synthesis.errors import VoiceUnavailable
from voice.synthesis.speech import Voice

from . import settings
from .opening import first_state, language
from .vocabulary import CommandsInUse


@dataclass(frozen=True, slots=True)
class Finding:
    """How one part is."""

    part: str
    """voice, microphone, loudspeaker, echo, model or commands."""
    ok: bool
    """Whether a massage can be guided with it as it is."""
    says: str
    """What it is, or what is wrong and what to do, on one line."""


def examine(model: Path | None) -> tuple[Finding, ...]:
    """Look at every part; takes a second.

    Args:
        model: The folder given for the recognition model, if any.

    Raises:
        DocumentError: A bundled file has problems.
    """
    remembered = settings.load()
    return (
        _looked_at("voice", _voice),
        _looked_at("microphone", lambda: str(find_device(remembered.microphone, "input")["name"])),
        _looked_at("loudspeaker", lambda: str(find_device(remembered.loudspeaker, "output")["name"])),
        _echo(remembered),
        *_ears(model),
    )


def _looked_at(part: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(part, True, look())
    except (VoiceUnavailable, SoundUnavailable) as error:
        return Finding(part, False, str(error))


def _voice() -> str:
    with Voice() as voice:
        clip = voice.render(language().prompts.render(Line(Prompt.STOPPED)))
    return f"{clip.key.voice or 'the voice of the system'} speaks"


def _echo(remembered: settings.Settings) -> Finding:
    says = "easeup's own voice is taken out of what it hears; "
    held, in_use = remembered.soundcheck, None
    with suppress(SoundUnavailable):
        in_use = full_name(remembered.microphone, "input"), full_name(remembered.loudspeaker, "output")
    if held is None or in_use != (held.microphone, held.loudspeaker):
        return Finding("echo", True, says + "`easeup soundcheck` shows how well, in a minute")
    says += f'{held.obeyed} of {held.asked} "stop" obeyed over it, {held.on}'
    if 2 * held.obeyed <= held.asked:
        return Finding("echo", False, says + "; `easeup soundcheck` says what helps")
    return Finding("echo", True, says)


def _ears(given: Path | None) -> Iterator[Finding]:
    try:
        choice = models.choose(None if given is None else str(given), os.environ, models.user_models())
        recognizer = Recognizer(choice.path)
    except models.ModelError as error:
        yield Finding("model", False, str(error))
        return
    commands = CommandsInUse(language()).at(first_state(None))
    if all(recognizer.missing([phrase]) for phrase in commands.phrases([IntentName.STOP])):
        yield Finding(
            "model", False, f'{choice.path}: this model can\'t hear "stop"; choose another with --model'
        )
        return
    yield Finding("model", True, f"{choice.path}, {choice.because} (`easeup models` lists others)")
    silent = unheard(commands, recognizer)
    if silent:
        yield Finding("commands", True, f"by text only, as this model lacks their words: {', '.join(silent)}")
    else:
        yield Finding("commands", True, "all can be heard")


def unheard(commands: Commands, recognizer: Recognizer) -> tuple[IntentName, ...]:
    """The intents none of whose phrases the model has all the words of."""
    return tuple(
        intent
        for intent in IntentName
        if all(recognizer.missing([phrase]) for phrase in commands.phrases([intent]))
    )
