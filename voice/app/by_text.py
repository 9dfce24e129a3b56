"""A session by text: commands are typed, the narration is printed. No sound; the same session loop.

On a virtual clock a whole massage takes no time at all; on the real one it takes as long as it takes.
"""

from __future__ import annotations

import queue
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol, TextIO

from voice.language import Commands
from voice.rehearsal.record import Record
from voice.rehearsal.transcript import line
from voice.routine import durations
from voice.session import legal
from voice.session.actions import Earcon
from voice.session.events import Heard, NotUnderstood, Opened, RejectionReason, SpeechFinished, TimePassed
from voice.session.intents import Intent
from voice.session.plan import Plan
from voice.synthesis.rates import words_per_minute

from .chronicle import Chronicle
from .conversation import Conversation
from .opening import first_state, language
from .vocabulary import CommandsInUse

_WAIT = re.compile(r"@\s*(\S+)")
_SHORTEST_S = 0.4
"""Even a single word takes so long to say."""


class Clock(Protocol):
    """Seconds, and a way to let them pass."""

    @property
    def now(self) -> float:
        """Seconds since the beginning."""

    def wait_until(self, moment: float) -> None:
        """Let time pass until then."""


class ManualClock:
    """Stands still until it is moved: whole massages in no time."""

    def __init__(self) -> None:
        self.now = 0.0

    def wait_until(self, moment: float) -> None:
        """Be there at once."""
        self.now = max(self.now, moment)


class RealClock:
    """Takes as long as it takes."""

    def __init__(self) -> None:
        self._start = time.monotonic()

    @property
    def now(self) -> float:
        """Seconds since it was made."""
        return time.monotonic() - self._start

    def wait_until(self, moment: float) -> None:
        """Sleep until then."""
        time.sleep(max(0.0, moment - self.now))


class SilentSpeaker:
    """A `Speaker` that makes no sound and takes the time that speaking would take."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._words_per_minute = words_per_minute(3)
        self.speaking: int | None = None
        self.ends_at: float | None = None
        """When the utterance will have been spoken."""

    def say(self, utterance_id: int, texts: tuple[str, ...]) -> None:
        """Take the time to speak the lines."""
        words = sum(len(text.split()) for text in texts)
        self.speaking = utterance_id
        self.ends_at = self._clock.now + max(_SHORTEST_S, words * 60.0 / self._words_per_minute)

    def cut_short(self) -> None:
        """Speak no more."""
        self.speaking = self.ends_at = None

    silence = cut_short

    def speech_rate(self, level: int) -> None:
        """Take more or less time from the next utterance on."""
        self._words_per_minute = words_per_minute(level)

    def chime(self, earcon: Earcon) -> None:
        """An earcon takes no time."""

    def tempo(self, strokes_per_minute: float | None) -> None:
        """Nor does the beat."""

    def volume(self, level: int) -> None:
        """Silence has one loudness."""


class End(Enum):
    """There will be no more lines."""

    END = auto()


@dataclass(frozen=True, slots=True)
class Typed:
    """A line somebody typed."""

    text: str


class Lines(Protocol):
    """Where typed lines come from."""

    def take(self, until: float | None, *, speaking: bool) -> Typed | End | None:
        """Wait for a line until that time; None when the time has come, or nothing will come at all.

        Args:
            until: When the session has something to do; None: it does nothing of its own accord.
            speaking: Whether the guide is speaking.
        """


class PatientLines:
    """Lines of a file or a pipe: each is said when the narration before it has ended; "@20s" lets time pass.

    After the last one time runs on until the session rests.
    """

    def __init__(self, lines: Iterator[str], clock: Clock, complain: Callable[[str], object]) -> None:
        """Take lines as they are wanted; `complain` is given what is wrong with one."""
        self._lines = lines
        self._clock = clock
        self._complain = complain
        self._waits_until: float | None = None

    def take(self, until: float | None, *, speaking: bool) -> Typed | End | None:
        """See `Lines`."""
        while True:
            if self._waits_until is not None:
                if until is not None and until <= self._waits_until:
                    self._clock.wait_until(until)
                    return None
                self._clock.wait_until(self._waits_until)
                self._waits_until = None
            if speaking and until is not None:
                self._clock.wait_until(until)
                return None
            line = next(self._lines, None)
            if line is None:
                self._lines = iter(())  # a terminal would be read on after its end
                if until is None:
                    return End.END
                self._clock.wait_until(until)
                return None
            if (wait := _WAIT.fullmatch(line.strip())) is not None:
                self._begin_wait(wait[1])
            elif typed := _meant(line):
                return typed

    def _begin_wait(self, written: str) -> None:
        try:
            self._waits_until = self._clock.now + durations.parse(written)
        except ValueError as error:
            self._complain(f'"@{written}": {error}')


class KeyboardLines:
    """Lines of a person at a keyboard: each counts when it is typed."""

    def __init__(self, stream: TextIO, clock: Clock) -> None:
        """Read in a thread of its own, which ends with the program."""
        self._clock = clock
        self._lines: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._read, args=(stream,), name="keyboard", daemon=True).start()

    def _read(self, stream: TextIO) -> None:
        for typed in stream:
            self._lines.put(typed)
        self._lines.put(None)

    def take(self, until: float | None, *, speaking: bool) -> Typed | End | None:  # noqa: ARG002 - a person may interrupt
        """See `Lines`."""
        while True:
            timeout = None if until is None else max(0.0, until - self._clock.now)
            try:
                line = self._lines.get(timeout=timeout)
            except queue.Empty:
                return None
            if line is None:
                return End.END
            if typed := _meant(line):
                return typed


def _meant(line: str) -> Typed | None:
    """A line that says something; empty ones and comments do not."""
    text = line.strip()
    return None if not text or text.startswith("#") else Typed(text)


def _say(
    conversation: Conversation, commands: CommandsInUse, text: str, now: float, hint: Callable[[str], object]
) -> None:
    known = commands.at(conversation.state)
    asked = legal(conversation.state.phase.name)
    intent = known.match(text, asked) or _urgent(known, text)
    if intent is not None:
        conversation.handle(Heard(intent, text), now)
        return
    conversation.handle(NotUnderstood(RejectionReason.OUT_OF_VOCABULARY, text), now)
    near = known.suggest(text)
    hint(f'did you mean "{near}"?' if near else 'type "help" for what can be said here')


def _urgent(known: Commands, text: str) -> Intent | None:
    """A stop or a pain with other words around it, as the ears would take it."""
    said = " ".join(re.findall(r"\w+", text.lower()))
    for phrase in sorted(known.urgent, key=len, reverse=True):
        if f"{said} ".startswith(f"{phrase} ") or f" {said}".endswith(f" {phrase}"):
            return known.match(phrase)
    return None


def _let_pass(conversation: Conversation, speaker: SilentSpeaker, now: float) -> None:
    """Do what the time has come for: first the speech that ends, then the deadline."""
    speaking = speaker.speaking
    if speaking is not None and speaker.ends_at is not None and speaker.ends_at <= now:
        speaker.cut_short()
        conversation.handle(SpeechFinished(speaking), now)
    elif conversation.deadline is not None and conversation.deadline <= now:
        conversation.handle(TimePassed(), now)


def hold(
    chosen: Plan | None,
    lines: Lines,
    clock: Clock,
    *,
    seed: int,
    say: Callable[[str], object],
    hint: Callable[[str], object],
) -> None:
    """Hold a whole session by text, printing it as it goes.

    Args:
        chosen: The routine that "start" alone begins.
        lines: What is typed.
        clock: The time; the same that `lines` keeps.
        seed: Draws the wordings.
        say: Prints a line of the conversation.
        hint: Prints advice.

    Raises:
        DocumentError: A bundled routine, command or prompt file has problems.
    """
    spoken_in = language()
    speaker = SilentSpeaker(clock)
    chronicle = Chronicle(Record(), tell=lambda entry: say(line(entry)))
    conversation = Conversation(first_state(chosen, seed=seed), spoken_in.prompts, speaker, [chronicle])
    commands = CommandsInUse(spoken_in)
    conversation.handle(Opened(), clock.now)
    while True:
        times = [when for when in (conversation.deadline, speaker.ends_at) if when is not None]
        taken = lines.take(min(times, default=None), speaking=speaker.speaking is not None)
        match taken:
            case End():
                return
            case Typed(text=text):
                _say(conversation, commands, text, clock.now, hint)
            case None:
                _let_pass(conversation, speaker, clock.now)
