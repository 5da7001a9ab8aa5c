"""What the data guide shows: its examples hold, and its table names every field."""

from __future__ import annotations

import re
from pathlib import Path

from regionmap.api import load_folders
from regionmap.catalogue.schema import ProvisionPart, SourceFile, WherePart
from regionmap.model import Effect
from regionmap.places.names.gazetteer import Gazetteer

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "data-guide.md").read_text(encoding="utf-8")


def test_the_examples_hold_and_say_what_the_text_says(tmp_path):
    for block in re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL):
        (name,) = re.findall(r"^id: (\S+)$", block, re.MULTILINE)
        kind = re.findall(r"schema/(\w+)\.schema", block)[0]
        path = tmp_path / f"{kind}s" / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(block, encoding="utf-8")
    source = load_folders(Gazetteer.load(), tmp_path).sources["hebei-2020-12"]
    ban, cap = source.provisions
    assert (ban.effect, ban.where.undefined is not None, ban.horizon) == (Effect.PROHIBIT, True, None)
    assert (source.horizon, str(cap.horizon)) == (None, "2022-12-31")


def test_every_field_of_a_document_and_of_a_rule_is_named():
    fields = {*SourceFile.model_fields, *ProvisionPart.model_fields, *WherePart.model_fields}
    assert {
        one for one in fields if not re.search(rf"`{one}[`:]|^ *(- )?{one}:|[{{ ]{one}:", GUIDE, re.MULTILINE)
    } == set()
