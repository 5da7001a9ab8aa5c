"""Answers do not hang on the order in which a process happens to keep sets."""

from __future__ import annotations

import os
import subprocess
import sys

ALL_PAIRS = """
import hashlib
import regionmap
from regionmap.rules.matching.kinship import Kinship

rm, total = regionmap.load(), hashlib.sha256()
kinship, industries = Kinship.of(rm.catalogue), list(rm.catalogue.industries.values())
for asked in industries:
    for named in industries:
        found = kinship.under(asked, named)
        total.update((found.id if found is not None else "-").encode())
print(total.hexdigest())
"""


def test_how_industries_hold_each_other_is_the_same_in_every_process():
    said = {
        subprocess.run(
            [sys.executable, "-c", ALL_PAIRS],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1
