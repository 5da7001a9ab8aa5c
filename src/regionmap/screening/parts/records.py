"""What a run writes beside the parts of its result: a manifest of all, a record of each, and of which run they are.

They hold no day and no path, so that the same run writes the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from regionmap.model import Text
from regionmap.screening.messages import Message
from regionmap.screening.parts.listing import Part
from regionmap.screening.parts.storage import ASIDE, Storage

MANIFEST = "_manifest.json"
RUN = "run.json"
MANIFEST_FORMAT, RECORD_FORMAT, RUN_FORMAT = "regionmap.parts/1", "regionmap.part/1", "regionmap.parts-run/1"


def run_path(folder: str) -> str:
    """Return where it is written of which run the parts of a folder are."""
    return f"{folder}/{ASIDE}/{RUN}"


def record_path(folder: str, part: Part) -> str:
    """Return where the record of a part lies."""
    return f"{folder}/{ASIDE}/{part.output}.json"


def read_json(storage: Storage, path: str) -> dict[str, Any] | None:
    """Return the object in a file; None where there is no such file, or it holds none."""
    content = storage.read(path)
    if content is None:
        return None
    try:
        found = json.loads(content)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def write_json(storage: Storage, value: Mapping[str, Any], path: str) -> None:
    """Write an object to a file."""
    storage.write(json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n", path)


def record(
    plan_state: str, part: Part, source: Mapping[str, Any], result: Mapping[str, Any], counts: Mapping[str, Any],
    notes: Sequence[Message],
) -> dict[str, Any]:  # fmt: skip
    """Return the record of a part.

    Args:
        plan_state: of the run.
        part: the part.
        source: size and digest of what was read.
        result: rows, size and digest of what was written.
        counts: for the summary of the run.
        notes: on the file.
    """
    return {
        "format": RECORD_FORMAT, "state": plan_state, "input": {"name": part.name, **source},
        "output": {"name": part.output, **result}, "counts": counts, "notes": [_note_to_json(one) for one in notes],
    }  # fmt: skip


def notes_of(record: Mapping[str, Any]) -> list[Message]:
    """Return the notes of a record."""
    return [Message(one["id"], {key: _from_json(value) for key, value in one["fields"].items()})
            for one in record["notes"]]  # fmt: skip


def _note_to_json(message: Message) -> dict[str, Any]:
    fields = {
        key: {"zh": one.zh, "en": one.en} if isinstance(one, Text) else one for key, one in message.fields.items()
    }
    return {"id": message.id, "fields": fields}


def _from_json(value: Any) -> Any:
    return Text(**value) if isinstance(value, dict) else value
