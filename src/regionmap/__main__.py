"""``python -m regionmap`` and the ``regionmap`` command."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from regionmap.cli import main as run

    run()


if __name__ == "__main__":
    main()
