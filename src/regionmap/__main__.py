"""``python -m regionmap`` and the ``regionmap`` command."""

from __future__ import annotations

import gc

# The collector looks over new objects after every 700 of them by default, and over all of them now and then. Of what
# a command loads nothing becomes garbage, so looking is a tenth of the time of a short one; a long one is still looked
# after.
_NEW_OBJECTS = 100_000


def main() -> None:
    """Run the command line."""
    gc.set_threshold(_NEW_OBJECTS, 20, 20)
    from regionmap.cli.commands import main as run
    from regionmap.screening.lean import Process

    Process.is_ours()
    try:
        run()
    finally:
        gc.freeze()  # the last two looks over everything, for nothing: the system takes all of it back


if __name__ == "__main__":
    main()
