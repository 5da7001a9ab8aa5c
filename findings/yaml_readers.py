"""How long readers of YAML take for the files of ``data/``: ours on PyYAML's C parser, and ruamel.yaml's, if there."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from regionmap.catalogue.yamlio import parse_yaml

MOST = 40
texts = [one.read_text("utf-8") for one in sorted(Path(__file__).parents[1].glob("data/**/*.yaml"))[:MOST]]
readers: dict[str, Callable[[str], object]] = {"PyYAML, lines noted by us": parse_yaml}
try:
    from ruamel.yaml import YAML
except ImportError:
    sys.stdout.write("pip install ruamel.yaml to compare\n")
else:
    readers["ruamel.yaml, with lines"] = lambda text: YAML(typ="rt").load(text)
    readers["ruamel.yaml, without"] = lambda text: YAML(typ="safe").load(text)
taken = {}
for name, read in readers.items():
    start = time.process_time()
    for text in texts:
        read(text)
    taken[name] = time.process_time() - start
    sys.stdout.write(f"{name:28s}{taken[name]:7.3f} s for {len(texts)} files\n")
sys.exit(0 if len(taken) == 1 or min(taken, key=taken.__getitem__) == "PyYAML, lines noted by us" else 1)
