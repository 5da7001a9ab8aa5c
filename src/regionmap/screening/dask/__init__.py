"""Screening on Dask: chunks or parts of files on a cluster, and Dask tables, lazily (``screen``)."""

from regionmap.screening.dask.frame import screen

__all__ = ["screen"]
