"""YAML documents whose faults carry `file:line:column`. A leaf: it imports nothing else of easeup."""

from .checking import FaultsError, MissingOneOfError, Shape, nearest, validate
from .document import Document, DocumentError, Problem, Where
from .reading import read

__all__ = [
    "Document",
    "DocumentError",
    "FaultsError",
    "MissingOneOfError",
    "Problem",
    "Shape",
    "Where",
    "nearest",
    "read",
    "validate",
]
