"""What pydantic finds wrong with a file, in words that say what would be right."""

from __future__ import annotations

import difflib
from typing import Any

from pydantic import BaseModel


def words(model: type[BaseModel], error: Any) -> str:
    """Say what is wrong and what would be right, from a pydantic error."""
    kind, context = error["type"], error.get("ctx", {})
    loc = [part for part in error["loc"] if isinstance(part, str)]
    name = loc[-1] if loc else ""
    field = _field_at(model, loc)
    right = field.description if field is not None else None
    found = "" if isinstance(error["input"], (dict, list)) else f" (found: {str(error['input'])[:60]})"
    if kind == "missing":
        return f"the field '{name}' is missing: add it: {right}"
    if kind == "extra_forbidden":
        known = _fields_at(model, loc[:-1])
        near = difflib.get_close_matches(name, known, 1)
        hint = f"did you mean '{near[0]}'?" if near else "known fields: " + ", ".join(known)
        return f"the field '{name}' is not known here: {hint}"
    if kind == "string_too_long" and name == "quote":
        return f"the quote has {len(error['input'])} characters: cut it to the operative words, at most 80"
    if kind == "string_type" and isinstance(error["input"], int):
        return f"must be quoted text{found}: {right or 'write it in quotes'}"
    if kind == "value_error":
        return f"{context.get('error', error['msg'])}{found}"
    return f"{error['msg'][0].lower() + error['msg'][1:]}{found}" + (f": should be {right}" if right else "")


def _part_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _part_model(inner)
        if found is not None:
            return found
    return None


def _model_at(model: type[BaseModel], names: list[str]) -> type[BaseModel] | None:
    current: type[BaseModel] | None = model
    for name in names:
        field = current.model_fields.get(name) if current is not None else None
        current = _part_model(field.annotation) if field is not None else None
    return current


def _fields_at(model: type[BaseModel], names: list[str]) -> list[str]:
    found = _model_at(model, names)
    return list(found.model_fields) if found is not None else []


def _field_at(model: type[BaseModel], names: list[str]) -> Any:
    found = _model_at(model, names[:-1]) if names else None
    return found.model_fields.get(names[-1]) if found is not None else None
