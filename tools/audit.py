"""Look up what is installed in the database of known vulnerabilities: ``make audit``.

Exit status 0: looked, and nothing is known; 1: something is known, see the list; 3: could not look (no network, or the
database did not answer), which says nothing in either direction.
"""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import distributions

COULD_NOT_LOOK = 3


def main() -> int:
    """Ask pip-audit; tell apart what it found and that it could not look."""
    done = subprocess.run(
        [sys.executable, "-m", "pip_audit", "--format", "json", "--progress-spinner", "off", "--skip-editable"],
        capture_output=True, text=True,
    )  # fmt: skip
    try:
        found = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        reason = (done.stderr.strip().splitlines() or ["pip-audit said nothing"])[-1][:300]
        print(f"could not look: {reason}")
        print(f"{len(list(distributions()))} packages are installed; nothing is known of them from this run")
        return COULD_NOT_LOOK
    skipped = [one["name"] for one in found if "skip_reason" in one]
    looked = len(found) - len(skipped)
    if not looked:
        print(f"could not look: the database knows none of {len(skipped)} packages, so it is not the one that is meant")
        return COULD_NOT_LOOK
    wrong = [one for one in found if one.get("vulns")]
    print(f"{looked} packages looked up, {len(wrong)} with a known vulnerability")
    for one in wrong:
        for flaw in one["vulns"]:
            mended = ", ".join(flaw["fix_versions"]) or "no version yet"
            print(f"  {one['name']} {one['version']}: {flaw['id']}, mended in {mended}")
    if skipped:
        print(f"  {len(skipped)} not looked up: {', '.join(skipped)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
