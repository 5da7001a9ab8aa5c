"""Screening of a file in many parts: each is read, judged and written by itself, here or on a cluster."""
