"""Write the JSON Schema of the policy files: ``python -m regionmap.catalogue.publish schema``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pydantic import BaseModel

from regionmap.catalogue.schema import (
    CatalogueFile,
    DestinationFile,
    IndustriesFile,
    IndustryNamesFile,
    PilotFile,
    ReadingsFile,
    RegionFile,
    SourceFile,
)
from regionmap.catalogue.schema_parks import ParkFile

FILES: dict[str, type[BaseModel]] = {
    "source.schema.json": SourceFile,
    "region.schema.json": RegionFile,
    "industries.schema.json": IndustriesFile,
    "industry-names.schema.json": IndustryNamesFile,
    "pilot.schema.json": PilotFile,
    "destination.schema.json": DestinationFile,
    "park.schema.json": ParkFile,
    "readings.schema.json": ReadingsFile,
    "catalogue.schema.json": CatalogueFile,
}


def schema_text(model: type[BaseModel]) -> str:
    """Return the JSON Schema (draft 2020-12) of one kind of file, the same text on every run."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def main(folder: Path) -> None:
    """Write all schemas into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, model in FILES.items():
        (folder / name).write_text(schema_text(model), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "schema"))
