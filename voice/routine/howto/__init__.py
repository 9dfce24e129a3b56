"""Routines as schema.org's HowTo in JSON-LD, for other programs and from them.

What schema.org has a word for is said with it: https://schema.org/HowTo. What it has none for (region,
pressure, tempo, sides, …) keeps the name it has in a routine file, behind the prefix `easeup:` that the
file's own context declares. schema.org's `additionalProperty` would be the other way, but it belongs to
products, places and offers, not to a HowTo or its steps; and it would wrap each value into a PropertyValue,
while a term of one's own keeps it a number or a list. Programs that don't know the prefix pass these terms
over, as JSON-LD has it. The prefix stands for a URN, for no address on the web is ours.

Of time, `performTime` of a direction is that of the whole step, on all its sides and in all repetitions, as
other programs take it. What `say`, `tip`, `why` and `care` hold becomes a direction and tips; cues are
directions with a moment.
"""

from .exporting import howto
from .importing import Imported, imported

__all__ = ["Imported", "howto", "imported"]
