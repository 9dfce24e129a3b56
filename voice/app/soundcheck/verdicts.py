"""What the figures of a soundcheck mean, and what helps. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass

from voice.app.listening import BEHIND_S

from .measured import Measured


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one side of it is."""

    about: str
    """microphone, noise, echo or stop."""
    ok: bool
    says: str
    """What was measured, and what to do where it isn't ok, on one line."""


_DEAD_DB = -95.0
"""A real microphone's own noise is louder."""
_OVER_NOISE_DB = 10.0
"""The level of a voice over the noise's below which words are lost (tests/benchmarks/recognition)."""
_UNDER_ECHO_DB = 12.0
"""How far a voice may be under the echo's level (tests/benchmarks/stop goes as far)."""


_TELLS_DB = 1.0
"""Noise rises and falls by so much of itself: a sound 6 dB below it, which adds less, can't be measured."""
_FAINT_DB = 6.0
"""An echo so little above the noise disturbs nobody."""
_LITTLE_DB = 8.0
"""In the simulated room, and on a virtual sound card, 20 to 30 dB are taken out after ten seconds."""
_LATE_S = 0.6
"""Seconds from the word's end to silence: a "stop" takes half of that where all is well."""
_WIRED = "use a loudspeaker with a cable, and one that does not rattle"


def verdicts(measured: Measured) -> tuple[Verdict, ...]:
    """One on each side: microphone, noise, echo and stop."""
    return (_microphone(measured), _noise(measured), _echo(measured), _stop(measured))


def _microphone(measured: Measured) -> Verdict:
    if max(measured.noise_db, measured.echo_db) < _DEAD_DB:
        return _bad("microphone", "gives nothing at all; is it muted? `easeup devices` lists others")
    if any(stop.clipped for stop in measured.stops):
        return _bad("microphone", "too loud for it, so words are torn; turn its level down")
    if measured.voice_db is None:
        return _bad("microphone", "your voice did not come through; go nearer to it, or turn its level up")
    return _good("microphone", f"your voice is at {measured.voice_db:.0f} dBFS")


def _noise(measured: Measured) -> Verdict:
    says = f"{measured.noise_db:.0f} dBFS while all was quiet"
    if measured.voice_db is None:
        return _good("noise", says)
    over = measured.voice_db - measured.noise_db
    says += f", your voice {over:.0f} dB above"
    if over < _OVER_NOISE_DB:
        return _bad("noise", f"{says}; go nearer to the microphone, or make it quieter here")
    return _good("noise", says)


def _echo(measured: Measured) -> Verdict:
    noise_db = measured.noise_db
    echo_db, left_db = _without(noise_db, measured.echo_db), _without(noise_db, measured.left_db)
    if echo_db is None:
        return _good("echo", "lost in the noise: the microphone hears no more when the guide speaks")
    over = echo_db - noise_db
    if over < _FAINT_DB:
        than = (
            f"{abs(over):.0f} dB {'louder' if over > 0 else 'quieter'} than" if round(over) else "as loud as"
        )
        return _good("echo", f"faint: at {echo_db:.0f} dBFS, {than} the noise, it disturbs nobody")
    if measured.delay_s is None:
        return _bad("echo", f"heard at {echo_db:.0f} dBFS, later than easeup can follow; {_WIRED}")
    says = f"heard at {echo_db:.0f} dBFS after {1000 * measured.delay_s:.0f} ms, "
    if left_db is None:
        says += "taken out: what is left is lost in the noise"
    else:
        says += f"{echo_db - left_db:.0f} dB of it taken out"
    if measured.voice_db is not None and echo_db - measured.voice_db > _UNDER_ECHO_DB:
        return _bad("echo", f"{says}; turn the loudspeaker down, or move it away from the microphone")
    if left_db is not None and echo_db - left_db < _LITTLE_DB and left_db - noise_db > _FAINT_DB:
        return _bad("echo", f"{says}, which is little; {_WIRED}")
    return _good("echo", says)


def _without(noise_db: float, both_db: float) -> float | None:
    """The level of a sound without the noise that was measured with it; None: it can't be told from that."""
    if both_db - noise_db < _TELLS_DB:
        return None
    return 10 * math.log10(10 ** (both_db / 10) - 10 ** (noise_db / 10))


def _stop(measured: Measured) -> Verdict:
    says = f"{measured.obeyed} of {len(measured.stops)} obeyed"
    delays = [stop.obeyed_after for stop in measured.stops if stop.obeyed_after is not None]
    if delays:
        says += f", {', '.join(f'{max(0.0, delay):.2f}' for delay in delays)} s after the word"
    late = any(delay > _LATE_S for delay in delays)
    if late:
        says += ", which is late"
    # Where half of a delay is the machine's, no voice helps.
    if measured.lost_s > 0.0 or measured.behind_s > (_LATE_S / 2 if late else BEHIND_S):
        lost = f", and missed {measured.lost_s:.2f} s" if measured.lost_s > 0.0 else ""
        says += f"; this machine is too slow: the ears hung {measured.behind_s:.1f} s behind{lost}"
        return _bad("stop", f"{says}; close other programs, and try again")
    if late or measured.obeyed < len(measured.stops):
        return _bad("stop", f"{says}; say it short and clearly, louder than the guide, and try again")
    return _good("stop", says)


def _good(about: str, says: str) -> Verdict:
    return Verdict(about, ok=True, says=says)


def _bad(about: str, says: str) -> Verdict:
    return Verdict(about, ok=False, says=says)
