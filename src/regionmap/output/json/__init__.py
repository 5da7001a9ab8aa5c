"""Answers as the fixed JSON objects of the contract (design §5)."""
