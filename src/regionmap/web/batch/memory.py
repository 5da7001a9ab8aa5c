"""Memory after a large run: given back to the machine, which the allocators would keep for the next run otherwise."""

from __future__ import annotations

import ctypes
import gc
import sys
from functools import lru_cache
from typing import Any

import pyarrow as pa


def give_back() -> None:
    """Return unused memory to the machine, which takes some tens of milliseconds: for the end of a large run."""
    gc.collect()
    pa.default_memory_pool().release_unused()
    trim = _trim()
    if trim is not None:
        trim(0)


@lru_cache(maxsize=1)
def _trim() -> Any | None:
    """Return glibc's ``malloc_trim``, None where there is none: other systems give back by themselves."""
    if not sys.platform.startswith("linux"):
        return None
    return getattr(ctypes.CDLL(None), "malloc_trim", None)
