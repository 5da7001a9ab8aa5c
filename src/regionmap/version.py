"""The version of the program: one place for the package, its files and its answers."""

__version__ = "0.1.0"
