"""Rehearses a session in the simulated room: a scripted partner speaks, everything else is real."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from voice.audio import wav
from voice.audio.format import Samples
from voice.audio.room import Echo, SimulatedRoom
from voice.documents import DocumentError
from voice.rehearsal.events import events
from voice.rehearsal.partner import Partner
from voice.rehearsal.record import Entry, Record
from voice.rehearsal.script import Remark, Script
from voice.rehearsal.timeline import timeline
from voice.rehearsal.transcript import transcript
from voice.session.plan import Plan
from voice.synthesis.speech import Voice

from .lockstep import LockStepSession

_REST_S = 3.0
"""It is over when the session has rested for so long and the partner has nothing more to say."""
_IN_VAIN_S = 30.0
"""How long the partner waits for a moment while nothing goes on that could bring it."""


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """How a rehearsal went."""

    seconds: float
    """Audio time."""
    phase: str
    """The phase it ended in."""
    in_vain: str | None
    """What the partner still waited for; None when everything was said."""


def rehearse(
    script: Script,
    chosen: Plan | None,
    model: Path,
    out: Path,
    *,
    tell: Callable[[Entry], object] | None = None,
    progress: Callable[[float], object] | None = None,
) -> Rehearsed:
    """Rehearse, and write room.wav, transcript.txt, events.jsonl and timeline.svg into a folder.

    Args:
        script: What the partner says.
        chosen: The routine that "start" alone begins.
        model: Folder of the recognition model.
        out: The folder; made if it is not there, its reports replaced.
        tell: Given each entry of the record as it begins.
        progress: Given the audio time, every 10 ms of it.

    Raises:
        DocumentError: The script waits for a step that the routine does not have, or a bundled file is wrong.
        AudioFileError: A recording or the noise can't be read, or the sound can't be written.
        VoiceUnavailable, UnknownVoice: A voice can't speak.
        ModelError: The model can't be used.
        OSError: The folder can't be written.
    """
    if chosen is not None and (problems := script.check(beat.step_id for beat in chosen.steps)):
        raise DocumentError(problems)
    out.mkdir(parents=True, exist_ok=True)
    with ExitStack() as parts:
        partner = Partner(script)
        sounds = iter(_sounds(script))
        room = _room(script)
        session = LockStepSession(room, chosen, model, parts, partner=partner, tell=tell)
        bystander = parts.enter_context(wav.WavWriter(out / "room.wav"))
        try:
            session.open()
            rested = 0.0
            while rested < (_REST_S if partner.done else _IN_VAIN_S):
                before = session.now
                _let_speak(partner, room, sounds, session, tell)
                session.step()
                bystander.write(room.bystander_block)
                if progress is not None:
                    progress(session.now)
                idle = session.rests and not partner.speaking and partner.due_at is None
                rested = rested + (session.now - before) if idle else 0.0
        finally:  # what was rehearsed until an interruption is worth reading, too
            session.record.close(session.now)
            _report(session.record, out, chosen)
    return Rehearsed(
        session.now,
        session.conversation.state.phase.name,
        None if partner.done else partner.waiting_for,
    )


def _sounds(script: Script) -> list[Samples]:
    """What the partner's remarks sound like, in their order."""
    with Voice(script.partner.voice) as voice:

        def sound(remark: Remark) -> Samples:
            if remark.wav is not None:
                return wav.read(remark.wav)
            return voice.render(remark.text, script.partner.rate).pcm

        return [sound(remark) for remark in script.remarks]


def _room(script: Script) -> SimulatedRoom:
    echo = Echo(script.echo.gain_db, script.echo.delay_ms)
    if script.noise is None:
        return SimulatedRoom(echo=echo)
    return SimulatedRoom(echo=echo, noise=wav.read(script.noise.file), snr_db=script.noise.snr_db)


def _let_speak(
    partner: Partner,
    room: SimulatedRoom,
    sounds: Iterator[Samples],
    session: LockStepSession,
    tell: Callable[[Entry], object] | None,
) -> None:
    now = session.now
    if partner.speaking and not room.partner_speaking:
        partner.spoken(now)
        session.record.partner_ended(now)
    remark = partner.due(now)
    if remark is not None:
        room.speak(next(sounds))
        began = session.record.partner_began(now, remark.text)
        if tell is not None:
            tell(began)


def _report(record: Record, out: Path, chosen: Plan | None) -> None:
    title = "Rehearsal" if chosen is None else f"Rehearsal: {chosen.title}"
    (out / "transcript.txt").write_text(transcript(record), encoding="utf-8")
    (out / "events.jsonl").write_text("".join(f"{entry}\n" for entry in events(record)), encoding="utf-8")
    (out / "timeline.svg").write_text(timeline(record, title), encoding="utf-8")
