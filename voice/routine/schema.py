"""The JSON Schema of routine files, for editors. It is made from the models that check the files.

What one file cannot show about itself (an included routine, a cue's place in its step) only loading checks.
"""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from .format import RoutineFile


class _ForEditors(GenerateJsonSchema):
    """Without what pydantic adds for programs: titles made from names, and null for a key left out."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002  # pydantic's signature
        return False

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        made = super().default_schema(schema)
        if made.get("default") in (None, []):
            made.pop("default", None)
        return made


def schema() -> dict[str, Any]:
    """The JSON Schema, draft 2020-12, of a routine file."""
    made = RoutineFile.model_json_schema(by_alias=True, schema_generator=_ForEditors)
    return {"$schema": _ForEditors.schema_dialect, **made, "title": "An easeup routine"}
