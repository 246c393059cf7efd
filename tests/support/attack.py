"""How hard the tests attack the program: few blows in every run, many with  python3 packaging/dev.py attack.

A test tells what it did with record_property(ATTACK, "24 kills, …"): the end of the run prints it.
"""

import os

ATTACK = "attack"
EVERY_RUN = {"kills": 24, "flips": 300, "workbooks": 40, "csvs": 60}


def count(name: str) -> int:
    """How many of these the run asks for: CSP_ATTACK_KILLS=500 asks for 500 kills."""
    return int(os.environ.get(f"CSP_ATTACK_{name.upper()}", EVERY_RUN[name]))
