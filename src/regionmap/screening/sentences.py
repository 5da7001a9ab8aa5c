"""The sentences of screening by their ids: reasons of rows, notes on a file, warnings about a run.

Only the English stands here; the Chinese is in the gettext catalogue. Reasons begin with their kind, see ``kinds``.
"""

from __future__ import annotations


def _(sentence: str) -> str:
    """Mark a sentence to be translated where it is used."""
    return sentence


REASONS = {
    "ragged_row": _("line {line} has {cells} cells where the first line has {wanted}: mend its delimiters"
                    " or quotes"),
    "ragged_row.long": _("line {line} has {cells} cells where the first line has {wanted} (beyond the last "
                         "column: {lost}): mend its delimiters or quotes"),
    "ragged_row.sheet": _("row {row} has cells beyond the last column name ({lost}): name their columns, or "
                          "clear them"),
    "no_geometry": _("the feature has no geometry: give it a point"),
    "no_geometry.unread": _("the geometry of the feature cannot be read: save the file again"),
    "not_a_point": _("the geometry is a {kind}: screen takes points, check --area takes areas"),
    "not_convertible": _("the point lies where its coordinate system does not hold: check the numbers, or name"
                         " the right system"),
    "missing_place": _("nothing in this row says where the site is: give coordinates, a place or a code"),
    "missing_coordinate": _("the {axis} is blank: give both longitude and latitude"),
    "not_a_number": _("the {axis} '{value}' is no finite number: give degrees such as 115.48 or 115°28′48″"),
    "not_a_number.pair": _("'{value}' is no longitude and latitude: give both, such as 115.48,38.87"),
    "not_a_number.angle": _("the {axis} '{value}' cannot be read: {why}"),
    "not_a_number.parts": _("the {axis} of {value} cannot be put together: give whole degrees and minutes, and "
                            "minutes and seconds less than 60"),
    "wrong_axis": _("the {axis} '{value}' is a {other} by its letter: exchange the two"),
    "zero_coordinates": _("0,0 is a placeholder for unknown coordinates, not a site: give those of the site"),
    "swapped": _("longitude {lon}, latitude {lat} lies in China only when the two are exchanged, then "
                 "in {unit}: exchange them if they are the wrong way round"),
    "out_of_range": _("longitude {lon}, latitude {lat} is no place on Earth: these are no degrees, give "
                      "decimal degrees"),
    "out_of_range.metres": _("longitude {lon}, latitude {lat} is no place on Earth: these are metres of a "
                             "projection, give decimal degrees, or name the projection with --crs"),
    "out_of_range.zones": _("{lon}, {lat} are metres of a projection that is not named: plausible is {zones}; "
                            "name it with --crs"),
    "other_zone": _("the easting {x} begins with zone {zone}, but the coordinates are said to be in "
                    "{crs}: check which is right"),
    "outside_china": _("longitude {lon}, latitude {lat} lies in no county of China: check the numbers"),
    "unknown_datum": _("no datum is called '{word}': use one of {datums}, or the code of a projection such "
                       "as EPSG:4527"),
    "unknown_place": _("{why}"),
    "region_as_place": _("{why}"),
    "ambiguous_place": _("{why}"),
    "code_cut": _("the spreadsheet cut the code to {value}: format the column as text, and export it again"),
    "missing_industry": _("no industry is given in this row: fill it in, or name one for all rows"),
    "unknown_industry": _("{why}"),
    "unknown_action": _("{why}"),
    "bad_date": _("{why}"),
}  # fmt: skip

NOTES = {
    "encoding": _("encoding: {encoding}"),
    "encoding.delimiter": _("encoding: {encoding}, delimiter: {delimiter}"),
    "encoding.untrue": _("the file says that its texts are in {stated}, but its bytes are {encoding}: they are read "
                         "as {encoding} (the .cpg in it is untrue)"),
    "fields_cut": _("names of columns that end in half a character, which is left out: {names}"),
    "sheet": _("sheet: {sheet}"),
    "sheet.others": _("sheet: {sheet} (not read: {others})"),
    "sheet.passed": _("sheet: {sheet}, the first one with a table of sites (not read: {others}; another is named with "
                      "--sheet)"),
    "header.row": _("column names: from row {first} of the sheet"),
    "header.rows": _("column names: from rows {first} to {last} of the sheet"),
    "header.line": _("column names: from line {first}; what stands above is not read"),
    "header.lines": _("column names: from lines {first} to {last}; what stands above is not read"),
    "formulas": _("cells with a formula that has no result, read as blank: {count}; open the file in a spreadsheet "
                  "program and save it"),
    "errors_blank": _("cells that hold an error (#N/A, #DIV/0!) are read as blank in this format: save it as .xlsx to "
                      "have them told"),
    "row_numbers": _("row numbers of the sheet repeat or go back: all rows are read, in the order of the file"),
    "merged": _("cells merged over several rows: their text is that of every row"),
    "repeated_names": _("column names that come more than once: {names}"),
    "repeated_names.more": _("column names that come more than once: {names} and {more} more"),
    "blank_names": _("columns without a name are called {names}"),
    "points": _("coordinates: the points are in {crs}"),
    "points.unnamed": _("coordinates: the points are taken as WGS-84, since the file names no coordinate system"),
    "points.converted": _("coordinates: the points are converted from {crs} to WGS-84"),
    "points.old": _("coordinates: the points are converted from {crs} to WGS-84; without the local parameters, which "
                    "are not public, they may lie some 100 m off"),
    "geometry_column": _("the points are those of the column '{column}'"),
    "geometry_left_out": _("other columns of geometry are left out: {names}"),
    "layer": _("layer: {layer} (not read: {others})"),
    "columns": _("columns: {pairs}"),
    "addresses": _("units are read from the heads of the addresses in '{column}'"),
    "idle_places": _("columns that also speak of places and are not read: {names}"),
    "idle_like": _("columns that look like {what} and are not read: {names}"),
    "industry_not_read": _("the column '{column}' is not read: one industry is asked for in all rows"),
    "date_not_read": _("the column '{column}' is not read: one date is asked for in all rows; name it with "
                       "--date-column to have it read"),
    "date_read": _("rows are judged on the day in '{column}'"),
    "named_datum": _("the name of the column '{column}' speaks of {datum}"),
    "idle_datum": _("the datum {datum} is not used: no column holds coordinates"),
    "idle_datum.points": _("the datum {datum} is not used: the points of this file are in the coordinate system that "
                           "the file names"),
    "idle_crs": _("the coordinate system {crs} is not used: no column holds coordinates"),
    "idle_crs.points": _("the coordinate system {crs} is not used: the points of this file are in the one that the "
                         "file names"),
    "idle_boundary": _("no distance to another answer is measured: no column holds coordinates"),
    "projected": _("coordinates: converted from {crs} to WGS-84"),
    "parts": _("parts judged now: {count}, before: {kept}"),
    "in_some_parts": _("{note} ({count} of {all} parts, the first is {first})"),
    "more_notes": _("more notes on single parts stand in the folder {folder}: {more}"),
    "kept_damaged": _("a kept chunk was damaged; chunks judged anew, from it on: {count}"),
    "default_action": _("every row is judged as {action}: no column tells the action"),
    "renamed": _("the column '{name}' is called '{new}' in the result, which has a column of that name"),
}  # fmt: skip

WARNINGS = {
    "unread_actions": _("the column '{column}' holds actions and is not read: every row is judged as {action}; cells "
                        "looked at: {rows}, of them {words}; name the column with --action-column to have each row "
                        "judged by its own action"),
    "unread_actions.more": _("more columns hold actions and are not read: {count}"),
    "unread_actions.name": _("by their names these columns may tell the action, and they are not read: {names}; every "
                             "row is judged as {action}: name the right one with --action-column"),
    "unread_dates": _("columns that hold dates and are not read: {names}; every row is judged on {date}, the day of "
                      "the run: name the column to judge by with --date-column, or give one date for all rows"),
    "unread_coordinates": _("columns that hold coordinates and are not read: {names}; every row is judged by the unit "
                            "that it names: name the columns with --lon-column and --lat-column, or with "
                            "--coordinates-column"),
    "unread_industries": _("the column '{column}' holds industries and is not read: every row is judged for {industry}"
                           "; leave out --industry and name the column with --industry-column to have each row judged "
                           "by its own industry"),
    "suspicious": _("rows with coordinates that cannot be right: {count} of {rows}; nothing was converted"
                    " and they are not judged; for example: {example}"),
    "suspicious.swapped": _("rows with longitude and latitude exchanged: {count} of {rows}; nothing was converted and "
                            "they are not judged; the columns seem to be the wrong way round: name them with "
                            "--lon-column '{lon}' --lat-column '{lat}'; for example: {example}"),
    "fits_better": _("the coordinates fit better as {other} than as {declared}: points whose county depends on the "
                     "datum and whose row names a unit: {both}; in that unit as {other}: {away}, as {declared}: "
                     "{here}; nothing was converted, give --datum {other} if they are"),
    "hint": _("the column '{column}' names {hint}, but coordinates were taken as {datum}: give --datum {hint} if they "
              "are"),
    "place_disagrees": _("rows that name another place than their coordinates lie in, or than their code: {count}; "
                         "they are judged by coordinates, else code, and have the caveat {caveat}"),
    "code_reused": _("the code {code} was {then} in tables before {before} and is {now} today: rows that carry it, "
                     "with the caveat {caveat}: {count}"),
    "code_reused.undated": _("the code {code} was {then} in older tables and is {now} today: rows that carry it, with "
                             "the caveat {caveat}: {count}"),
    "early": _("rows that ask for a day before {day}, the first day of all loaded documents: {count}; nothing loaded "
               "speaks of them"),
}  # fmt: skip


SENTENCES: dict[str, str] = {**REASONS, **{f"note_{key}": one for key, one in NOTES.items()},
                             **{f"warning_{key}": one for key, one in WARNINGS.items()}}  # fmt: skip
