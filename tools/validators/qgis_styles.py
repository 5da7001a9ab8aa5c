"""Open layers in QGIS without a window, and tell what it draws: a line a file, JSON.

Runs under the system's Python, which has QGIS's bindings, not under the project's: it imports nothing of regionmap.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from qgis.core import Qgis, QgsApplication, QgsCategorizedSymbolRenderer, QgsVectorLayer


def told(path: Path, layer: str) -> dict[str, object]:
    """Return rows, types of columns, and the colours by which QGIS draws a layer of its own accord."""
    address = f"{path}|layername={layer}" if path.suffix == ".gpkg" else str(path)
    opened = QgsVectorLayer(address, layer, "ogr")
    if not opened.isValid():
        return {"path": str(path), "error": "QGIS does not open it"}
    features = list(opened.getFeatures())
    shapes = [one.geometry() for one in features if not one.geometry().isNull()]
    renderer = opened.renderer()
    styled = isinstance(renderer, QgsCategorizedSymbolRenderer)
    return {
        "path": str(path),
        "rows": len(features),
        "shapes": len(shapes),
        "invalid": sum(not one.isGeosValid() for one in shapes),
        "types": {one.name(): one.typeName() for one in opened.fields()},
        "by": renderer.classAttribute() if styled else None,
        "colours": {one.value(): one.symbol().color().name() for one in renderer.categories()} if styled else {},
        "values": sorted({str(one[renderer.classAttribute()]) for one in features}) if styled else [],
    }


def main() -> None:
    """Open the files that are named, each as PATH=LAYER."""
    application = QgsApplication([], False)
    application.initQgis()
    sys.stdout.write(json.dumps({"version": Qgis.QGIS_VERSION}) + "\n")
    for argument in sys.argv[1:]:
        path, _, layer = argument.rpartition("=")
        sys.stdout.write(json.dumps(told(Path(path), layer), ensure_ascii=False) + "\n")
    sys.stdout.flush()
    os._exit(0)  # QGIS without a window does not always end in good order, when all is said


if __name__ == "__main__":
    main()
