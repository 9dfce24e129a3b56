"""YAML and JSON documents whose faults carry `file:line:column`. A leaf: it imports nothing of easeup."""

from .checking import FaultsError, MissingOneOfError, Shape, nearest, validate
from .document import Document, DocumentError, Place, Problem, Where
from .json_reading import read_json
from .reading import read

__all__ = [
    "Document",
    "DocumentError",
    "FaultsError",
    "MissingOneOfError",
    "Place",
    "Problem",
    "Shape",
    "Where",
    "nearest",
    "read",
    "read_json",
    "validate",
]
