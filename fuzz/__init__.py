"""Fuzzing of every parser of foreign bytes: ``python -m fuzz`` runs each target in a process of its own."""
