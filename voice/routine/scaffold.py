"""The beginning of a new routine: a small one that is complete, to be written over. Opens no files."""

from __future__ import annotations

import re
import unicodedata
from string import Template

from .format import ID_PATTERN, LONGEST_ID, RESERVED, file_id

_BEGINNING = Template("""\
# A routine for easeup. Write over what stands here; the id has to stay the name of the file.
# `easeup check $id` tells all that is wrong, `easeup schema` describes every key.
id: $written_id
title: $title # as it is spoken
for: partner # partner, or self: whose hands do the work
position: face down, with the head straight
needs: [massage oil, a towel]
max_pressure: 3 # of all steps; 1 feather, 2 light, 3 medium, 4 firm, 5 deep
steps:
  # A step ends by its time (duration), after a hold that is counted out, or by "next" (until: next).
  - id: glide
    title: Long glides
    region: [lower-back] # what hurts here makes later steps on the same region lighter
    technique: effleurage
    pressure: 2
    duration: 1m
    tempo: 8 # strokes a minute, a soft beat
    # Written for the ear: short sentences, one action each.
    say: >
      Lay both palms beside the spine, just above the hips.
      Glide slowly up towards the ribs.
      Come down again along the flanks.
    tip: Lean in with your body, and leave the arms long. # the answer to "how?"
    why: Long strokes warm the muscles. # the answer to "why?"
    care: Keep both hands off the spine.
    cues:
      - {at: 50%, say: Let the strokes grow a little longer.}

  - id: lean
    title: Leaning palm
    region: [lower-back]
    technique: compression
    pressure: 2
    hold: 20s
    sides: [left, right] # all of it on one side, then on the other
    say: >
      Set the heel of one hand beside the spine.
      Lean in slowly, and stay there.

  - id: rest
    title: Resting hands
    region: [lower-back]
    technique: rest
    pressure: 1
    until: next
    say: Lay both hands flat on the lower back. Let them rest there.
""")


def scaffold(routine_id: str) -> str:
    """The text of a small routine file with comments, without any problems.

    Raises:
        ValueError: it is no id for a file; the message says how to write one.
    """
    if not re.fullmatch(ID_PATTERN, routine_id):
        advice = as_id(routine_id) or "evening-back"
        raise ValueError(
            f'"{routine_id}" is no id; write lower-case words joined by hyphens, such as {advice}'
        )
    file_id(routine_id)
    title = routine_id.replace("-", " ").capitalize()
    return _BEGINNING.substitute(id=routine_id, written_id=_written(routine_id), title=_written(title))


def as_id(text: str) -> str:
    """The words of a text as an id for a file, such as "evening-back"; empty where there are none."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    made = "-".join(re.findall(r"[a-z0-9]+", plain.replace("'", "")))[:LONGEST_ID].strip("-")
    return f"my-{made}" if made in RESERVED else made


def _written(name: str) -> str:
    """In quotes where YAML would take it for a number or a word of its own."""
    return name if re.search(r"[a-z][- ][a-z]", name) else f'"{name}"'
