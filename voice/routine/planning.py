"""Works a routine out into the flat list of beats that the session walks through."""

from __future__ import annotations

from collections.abc import Iterator

from voice.session.plan import Beat, Cue, Plan

from .format import Step
from .loading import Routine


def plan(routine: Routine) -> Plan:
    """The beats of a routine: a step's repetitions on its first side, then on its second."""
    return Plan(
        routine_id=routine.id,
        title=routine.title,
        audience=routine.audience,
        position=routine.position,
        needs=routine.needs,
        beats=tuple(
            beat
            for number, step in enumerate(routine.steps, start=1)
            for beat in _beats(step, number, routine.written_in[step.id])
        ),
    )


def _beats(step: Step, number: int, written_in: str) -> Iterator[Beat]:
    length = step.length
    cues = (Cue(cue.say, seconds=cue.at.seconds, share=cue.at.share) for cue in step.cues)
    in_time = tuple(sorted(cues, key=lambda cue: cue.due(length) or 0.0))
    for side in step.sides or (None,):
        for repetition in range(1, step.repeat + 1):
            yield Beat(
                step_id=step.id,
                step_number=number,
                title=step.title,
                say=step.say,
                pressure=step.pressure,
                max_pressure=step.max_pressure,
                region=step.region,
                technique=step.technique,
                duration=length,
                hold=step.hold is not None,
                tempo=step.tempo,
                side=side,
                repetition=repetition,
                repetitions=step.repeat,
                tip=step.tip,
                why=step.why,
                care=step.care,
                cues=in_time,
                optional=step.optional,
                written_in=written_in,
            )
