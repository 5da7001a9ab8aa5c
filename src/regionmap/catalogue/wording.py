"""What pydantic finds wrong with a file, in words that say what would be right."""

from __future__ import annotations

import difflib
from typing import Any

from pydantic import BaseModel

from regionmap.catalogue.schema import DESCRIPTIONS, WrongValueError
from regionmap.i18n import as_written, t, word_list
from regionmap.model import Text


def words(model: type[BaseModel], error: Any) -> Text:
    """Say what is wrong and what would be right, from a pydantic error."""
    kind, context = error["type"], error.get("ctx", {})
    loc = [part for part in error["loc"] if isinstance(part, str)]
    name = loc[-1] if loc else ""
    field = _field_at(model, loc)
    right = _described(field.description) if field is not None and field.description else None
    given = "" if isinstance(error["input"], (dict, list)) else str(error["input"])[:60]
    found = Text("", "") if isinstance(error["input"], (dict, list)) else t(" (found: {given})", given=given)
    if kind == "missing":
        return t("the field '{name}' is missing; add it: {right}", name=name, right=right or Text("", ""))
    if kind == "extra_forbidden":
        known = _fields_at(model, loc[:-1])
        near = difflib.get_close_matches(name, known, 1)
        hint = t("did you mean '{name}'?", name=near[0]) if near else t("known fields: {names}", names=word_list(known))
        return t("the field '{name}' is not known here: {hint}", name=name, hint=hint)
    if kind == "string_too_long" and name == "quote":
        return t(
            "the quote has {count} characters: cut it to the operative words, at most 80", count=len(error["input"])
        )
    if kind == "string_type" and isinstance(error["input"], int):
        return t("must be quoted text{found}: {right}", found=found, right=right or t("write it in quotes"))
    if kind == "value_error":
        wrong = context.get("error", error["msg"])
        said = wrong.text if isinstance(wrong, WrongValueError) else Text(str(wrong), str(wrong))
        return Text(f"{said.zh}{found.zh}", f"{said.en}{found.en}")
    said = Text(_in_chinese(kind, context).zh, error["msg"][0].lower() + error["msg"][1:])
    if right is None:
        return Text(f"{said.zh}{found.zh}", f"{said.en}{found.en}")
    return t("{said}{found}: should be {right}", said=said, found=found, right=right)


def _described(description: str) -> Text:
    return DESCRIPTIONS.get(description) or as_written(description)


def _in_chinese(kind: str, context: Any) -> Text:
    """Say in Chinese what pydantic, which speaks English alone, has found: what kind of value is due."""
    match kind.partition("_")[0], kind:
        case _, "literal_error" | "enum":
            choices = str(context.get("expected", "")).replace(" or ", ", ")
            return t("the value is none of {choices}", choices=Text(choices.replace(", ", "、"), choices))
        case _, "string_pattern_mismatch":
            return t("the text has not the form that it should have")
        case _, "string_too_short" | "too_short":
            return t("the value is too short or empty")
        case _, "string_too_long" | "too_long":
            return t("the value is too long")
        case _, "greater_than_equal" | "less_than_equal" | "greater_than" | "less_than":
            limit = next((value for name, value in context.items() if name in {"ge", "le", "gt", "lt"}), "")
            return t("the number is beyond the limit {limit}", limit=limit)
        case "string", _:
            return t("a text must stand here")
        case "int" | "float" | "decimal" | "finite", _:
            return t("a number must stand here")
        case "bool", _:
            return t("true or false must stand here")
        case "list" | "tuple" | "set", _:
            return t("a list must stand here")
        case "dict" | "model", _:
            return t("fields must stand here")
        case "date" | "datetime", _:
            return t("a date must stand here")
        case _:
            return t("the value cannot be used")


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
