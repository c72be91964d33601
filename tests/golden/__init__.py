"""Outputs as they were last looked at, byte for byte.

`GOLDEN=write python3 dev.py test tests/…` writes them anew; the difference is then read like a page.
"""

import os
from pathlib import Path

FOLDER = Path(__file__).parent


def check(name: str, content: bytes) -> None:
    """The content equals the golden file of that name."""
    path = FOLDER / name
    if os.environ.get("GOLDEN") == "write":
        path.write_bytes(content)
    assert path.exists(), f"{path} is missing: write it with GOLDEN=write and read it"
    assert content == path.read_bytes()
