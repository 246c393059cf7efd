"""What a partnership is called on its papers, and which town an agency's name lets us propose."""

import re

_COUNCIL = re.compile(
    r"(?:(?:london |royal |metropolitan )*(?:borough|city|town) of )?"
    r"(?P<town>.+?)"
    r"(?: (?:metropolitan )?(?:borough|city|district|town))?(?: council)?",
    re.IGNORECASE,
)


def paper_name(town: str, partnership: str) -> str:
    """'Testford Community Safety Partnership'; the name alone where the town stands in it already."""
    town, partnership = " ".join(town.split()), " ".join(partnership.split())
    return partnership if town.casefold() in partnership.casefold() else f"{town} {partnership}".strip()


def town_of(agency: str) -> str:
    """'Testford' for Testford Borough Council: a partnership is its council's district. Nothing for other agencies."""
    agency = " ".join(agency.split())
    words = agency.casefold().split()
    if "county" in words or not {"council", "borough"} & set(words):
        return ""
    found = _COUNCIL.fullmatch(agency)
    town = found["town"] if found else ""
    return "" if town.casefold() in ("", "borough", "council") else town
