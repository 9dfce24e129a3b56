"""The course of a soundcheck: quiet, then the guide alone, then a "stop" into its talk, three times.

Speaks and listens by the same parts as a session. Opens no device and looks at no clock: it is given the
microphone's blocks, which tell the time.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Generator

import numpy as np

from voice.app.hearing import Hearing
from voice.audio.exchange import MicrophoneBlock
from voice.audio.format import BLOCK_SECONDS, Pcm16, from_pcm16
from voice.audio.level import is_torn
from voice.audio.mixer import Mixer
from voice.language import Commands, Prompts
from voice.session.events import Heard
from voice.session.intents import IntentName
from voice.session.lines import Line, Prompt
from voice.session.state import PhaseName
from voice.synthesis.clip import Clip

from .measured import Measured, Stop
from .verdicts import verdicts

STOPS = 3
_QUIET_S = 3.0
_SETTLED_S = 1.5
"""Of the quiet, its beginning: the last word still rings, and through a slow loudspeaker it is heard late."""
SILENCE_DB = -100.0
"""Of digital zeros."""
_BREATH_S = 0.6
_TOO_LATE_S = 1.0
"""After the talk: somebody may have spoken into its last words."""
_WORD_S = 1.5
"""A "stop" and the time until it is believed take less."""
_IN_WORD = 0.05
"""Of the loudest block's power: what is louder belongs to the word."""

_TORN_SHARE = 0.3
"""Of a word: more, and it is too loud for the microphone; a plosive alone is not."""

_Course = Generator[None, MicrophoneBlock, None]

_LINES = (
    Prompt.SOUNDCHECK_QUIET,
    Prompt.SOUNDCHECK_ALONE,
    Prompt.SOUNDCHECK_ASK,
    Prompt.SOUNDCHECK_HEARD,
    Prompt.SOUNDCHECK_NOT_HEARD,
    Prompt.SOUNDCHECK_GOOD,
    Prompt.SOUNDCHECK_POOR,
)


class Soundcheck:
    """Goes on with every block of the microphone; `measured` is there in the end."""

    def __init__(
        self,
        mixer: Mixer,
        clip: Callable[[str], Clip],
        prompts: Prompts,
        hearing: Hearing,
        *,
        commands: Commands,
        tell: Callable[[str], object],
    ) -> None:
        """Render what will be said, so that nobody has to wait for it.

        Args:
            mixer: Speaks.
            clip: Renders a line.
            prompts: The language's.
            hearing: Listens, and ducks the mixer.
            commands: Of which "stop" is one.
            tell: Given each line as it begins.

        Raises:
            VoiceUnavailable: The voice can't speak.
            ModelError: The model can't hear "stop".
        """
        self.measured: Measured | None = None
        """What was found, once it is over."""
        self._mixer = mixer
        self._hearing = hearing
        self._tell = tell
        self._utterances = 0
        self._behind_s = 0.0
        """What the ears hang behind now."""
        self._most_behind_s = 0.0
        self._lost_s = 0.0
        self._heard_until: float | None = None
        """Audio time."""
        talk = (Line(Prompt.SOUNDCHECK_TALK, variant=number) for number in range(STOPS))
        lines = (*map(Line, _LINES), *talk)
        self._clips = {line: clip(prompts.render(line)) for line in lines}
        hearing.expect(commands, PhaseName.GUIDING)
        self._course = self._whole()
        next(self._course)

    def hear(self, block: MicrophoneBlock, behind_s: float = 0.0) -> None:
        """Go on by 10 ms.

        Args:
            block: What the microphone heard.
            behind_s: Seconds of sound that wait behind it.
        """
        self._behind_s = behind_s
        self._most_behind_s = max(self._most_behind_s, behind_s)
        if self._heard_until is not None:
            self._lost_s += BLOCK_SECONDS * round((block.at - self._heard_until) / BLOCK_SECONDS)
        self._heard_until = block.at + BLOCK_SECONDS
        if self.measured is None:
            self._course.send(block)

    def _whole(self) -> _Course:
        noise, echo, left = list[float](), list[float](), list[float]()
        yield from self._say(Prompt.SOUNDCHECK_QUIET)
        self._most_behind_s = self._lost_s = 0.0  # what gathered while the devices were opened is no fault
        for _ in range(round(_QUIET_S / BLOCK_SECONDS)):
            block = yield
            self._hearing.hear(block)
            noise.append(_power(block.samples))
        self._begin(Line(Prompt.SOUNDCHECK_ALONE))
        while self._mixer.speaking is not None:
            block = yield
            self._hearing.hear(block)
            echo.append(_power(block.samples))
            left.append(self._hearing.cleaned.left)
        yield from self._end()
        delay_s = self._hearing.echo_delay_s
        yield from self._say(Prompt.SOUNDCHECK_ASK)
        stops: list[Stop] = []
        for number in range(STOPS):
            stop = yield from self._stop(number)
            stops.append(stop)
            obeyed = stop.obeyed_after is not None
            yield from self._say(Prompt.SOUNDCHECK_HEARD if obeyed else Prompt.SOUNDCHECK_NOT_HEARD)
        found = Measured(
            _decibels(noise[round(_SETTLED_S / BLOCK_SECONDS) :]),
            _decibels(echo[len(echo) // 2 :]),
            _decibels(left[len(left) // 2 :]),
            delay_s,
            tuple(stops),
            self._most_behind_s,
            self._lost_s,
        )
        good = all(verdict.ok for verdict in verdicts(found))
        yield from self._say(Prompt.SOUNDCHECK_GOOD if good else Prompt.SOUNDCHECK_POOR)
        self.measured = found
        yield

    def _say(self, prompt: Prompt) -> _Course:
        """Say a line to its end."""
        self._begin(Line(prompt))
        while self._mixer.speaking is not None:
            self._hearing.hear((yield))
        yield from self._end()

    def _begin(self, line: Line) -> None:
        clip = self._clips[line]
        self._tell(clip.key.text)
        self._utterances += 1
        self._hearing.narration_begins(clip.key.text, clip.key.rate)
        self._mixer.say(self._utterances, clip.pcm)

    def _end(self) -> _Course:
        """A breath after a line, or after it was cut."""
        self._hearing.narration_ends()
        for _ in range(round(_BREATH_S / BLOCK_SECONDS)):
            self._hearing.hear((yield))

    def _stop(self, number: int) -> Generator[None, MicrophoneBlock, Stop]:
        """Talk until somebody says "stop"."""
        word: deque[tuple[float, float, Pcm16]] = deque(maxlen=round(_WORD_S / BLOCK_SECONDS))
        heard_somebody: list[tuple[float, float, Pcm16]] = []
        self._begin(Line(Prompt.SOUNDCHECK_TALK, variant=number))
        late = 0
        while late < round(_TOO_LATE_S / BLOCK_SECONDS):
            block = yield
            events = self._hearing.hear(block)
            ends = block.at + BLOCK_SECONDS
            word.append((ends, self._hearing.cleaned.left, block.samples))
            if self._hearing.somebody_speaks:
                heard_somebody = list(word)
            if any(isinstance(event, Heard) and event.intent.name is IntentName.STOP for event in events):
                believed = ends + self._behind_s
                self._mixer.silence()
                yield from self._end()
                return _stop(list(word), believed)
            late += self._mixer.speaking is None
        yield from self._end()
        return _stop(heard_somebody, None)


def _stop(blocks: list[tuple[float, float, Pcm16]], believed: float | None) -> Stop:
    """What became of a word within these blocks of end, power and samples, and when it was believed."""
    if not blocks:
        return Stop(None, None, clipped=False)
    loudest = max(power for _, power, _ in blocks)
    spoken = [(end, power) for end, power, _ in blocks if power >= _IN_WORD * loudest]
    torn = sum(is_torn(samples) for _, power, samples in blocks if power >= _IN_WORD * loudest)
    after = None if believed is None else believed - spoken[-1][0]
    return Stop(after, _decibels([power for _, power in spoken]), clipped=torn > _TORN_SHARE * len(spoken))


def _power(samples: Pcm16) -> float:
    return float(np.square(from_pcm16(samples)).mean())


def _decibels(powers: list[float]) -> float:
    mean = sum(powers) / len(powers) if powers else 0.0
    return max(SILENCE_DB, 10 * math.log10(mean)) if mean else SILENCE_DB
