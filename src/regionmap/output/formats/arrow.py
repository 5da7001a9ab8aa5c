"""A layer as an Arrow table: types as in the schema, geometry as WKB. What formats with types are written from."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import geopandas as gpd
    import pyarrow as pa

GEOMETRY = "geometry"


def arrow_table(layer: gpd.GeoDataFrame) -> pa.Table:
    """Return the columns of a layer and its geometry (ISO WKB, little-endian), in order.

    Args:
        layer: columns of Arrow types, as ``regionmap.output.layers.frame`` makes them.
    """
    import pyarrow as pa
    import shapely

    columns = {name: pa.array(layer[name]) for name in layer.columns if name != GEOMETRY}
    shapes = layer.geometry.array
    columns[GEOMETRY] = pa.array(shapely.to_wkb(shapes, byte_order=1, flavor="iso"), pa.binary())
    return pa.table(columns)
