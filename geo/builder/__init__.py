"""The parts of ``geo/build.py``: read the source, mend it, name it, draw it small, write it."""
