"""Named constants that are also strings (Python 3.10 has no `enum.StrEnum`)."""

from enum import Enum


class Name(str, Enum):
    """An enumeration whose members print, format and serialise as their value."""

    __str__ = str.__str__
