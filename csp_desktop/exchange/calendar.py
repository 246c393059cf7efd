"""Bank holidays of England and Wales as published (https://www.gov.uk/bank-holidays.json, OGL v3.0)."""

import json
from datetime import date
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def bank_holidays() -> frozenset[date]:
    """Every day of the shipped list; beyond its last year no bank holiday is known."""
    content = files("csp_desktop._built").joinpath("data", "sample", "bank-holidays.json").read_text(encoding="utf-8")
    return frozenset(date.fromisoformat(day) for day in json.loads(content)["days"])
