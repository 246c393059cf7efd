"""Prints the sign-in sheet of a meeting as PDF: signed, or to be signed by hand where the laptop failed."""

from csp_desktop.documents.paper import Paper, print_paper
from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.days import paper_day
from csp_desktop.domain.meeting.sign_in_sheet import SignInSheet
from csp_desktop.domain.minutes.paper_parts import Section, Words, paragraphs


def print_sign_in_sheet(sheet: SignInSheet, progress: Progress | None = None, *, is_large: bool = False) -> bytes:
    """The sheet as a PDF of A4 pages; `is_large`: in large print. `progress` hears of each page and may stop it."""
    signed = sum(line.is_signed for line in sheet.lines)
    words = Words(f"version {sheet.clause_version}, SHA-256 {sheet.clause_sha256}", "Confidentiality document:")
    count = Words(f"{signed} of {len(sheet.lines)}", "Signed by:")
    return print_paper(
        Paper(
            title=f"Sign-in sheet of the {sheet.body}, {paper_day(sheet.on)}",
            author=sheet.partnership,
            marking=sheet.marking,
            head=f"{sheet.body[:1].upper()}{sheet.body[1:]}, {paper_day(sheet.on)}",
            edition="Sign-in sheet",
            language=sheet.language,
            opening=(words, count) if signed else (words,),
            sections=(Section("clause", "", 1, "What is signed", tuple(paragraphs(sheet.clause))),),
            created=sheet.created,
            signatures=sheet.lines,
        ),
        progress,
        is_large=is_large,
    )
