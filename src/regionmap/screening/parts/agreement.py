"""One answer for the columns of all parts: the same names everywhere, and one type for each."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from regionmap.i18n import t
from regionmap.screening.messages import ScreeningError, listed
from regionmap.screening.parts.heads import Head
from regionmap.screening.usual_names import PROBLEM

_MOST_NAMED = 3


def agreed_schema(heads: Mapping[str, Head]) -> pa.Schema:
    """Return the columns that all parts have, in the order of the first, with types that hold the cells of all.

    Args:
        heads: of the parts, by their names.

    Raises:
        InputError: a part has other columns, or a column is of types that do not go together, such as text and
            numbers: what a row means must not depend on the part that it lies in.
    """
    (name, first), *others = heads.items()
    different = [other for other, head in others if head.columns.keys() != first.columns.keys()]
    if different:
        here, there = set(first.columns), set(heads[different[0]].columns)
        raise ScreeningError(
            t(
                "{files} does not have the columns of {first} (only there: {first_only}; only here: "
                "{other_only}): give all parts the same columns, or screen them apart",
                files=listed(different, _MOST_NAMED), first=name, first_only=listed(sorted(here - there), _MOST_NAMED),
                other_only=listed(sorted(there - here), _MOST_NAMED),
            )
        )  # fmt: skip
    for other, head in others:
        if head.points != first.points:
            raise ScreeningError(
                t("{one} has a geometry and {other} has none: screen them apart",
                  one=name if first.points else other, other=other if first.points else name)
            )  # fmt: skip
    return pa.schema([pa.field(column, _one_type(column, heads)) for column in first.columns])


def fitted(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """Return a chunk of a part with the columns in the order and the types of all; problems of rows stay last.

    Raises:
        InputError: the part has other columns.
        ArrowInvalid: a cell does not fit the type of all.
    """
    names = [one for one in table.column_names if one != PROBLEM]
    if sorted(names) != sorted(schema.names):
        raise ScreeningError(t("its columns are no longer those that all parts have: run again"))
    columns = [table[field.name] for field in schema]
    cast = [one if one.type == field.type else one.cast(field.type) for one, field in zip(columns, schema, strict=True)]
    if PROBLEM in table.column_names:
        return pa.table([*cast, table[PROBLEM]], names=[*schema.names, PROBLEM])
    return pa.table(cast, names=schema.names)


def _one_type(column: str, heads: Mapping[str, Head]) -> pa.DataType:
    kinds: dict[pa.DataType, str] = {}
    for name, head in heads.items():
        kinds.setdefault(head.columns[column], name)
    kinds.pop(pa.null(), None)
    if len(kinds) < 2:
        return next(iter(kinds), pa.string())
    try:
        united = pa.unify_schemas([pa.schema([(column, kind)]) for kind in kinds], promote_options="permissive")
    except pa.ArrowException:
        united = None
    if united is None:
        (one, first), (other, second) = list(kinds.items())[:2]
        raise ScreeningError(
            t(
                "the column '{column}' is {one} in {first} and {other} in {second}: write all parts with one type",
                column=column, one=one, first=first, other=other, second=second,
            )
        )  # fmt: skip
    return united.field(0).type
