"""What the retention page says: of the group's closed cases, and of people off the private list."""

from dataclasses import dataclass

from csp_desktop.services.session import Session


@dataclass(frozen=True)
class RetentionWords:
    """One kind of file. `page` is where the subject itself is read."""

    one: str
    many: str
    page: str
    open_it: str
    icon: str
    subtitle: str
    choose: str
    list_name: str
    years_name: str
    none_due: str
    none_due_words: str
    asked: str
    decided: str
    after: str
    ended: str
    ended_short: str
    keep_title: str
    hold: str
    erase_title: str
    erase_hint: str
    who_decides: str

    def counted(self, due: int) -> str:
        """'3 cases are due'"""
        return f"1 {self.one} is due" if due == 1 else f"{due} {self.many} are due"


CASES = RetentionWords(
    one="case",
    many="cases",
    page="case",
    open_it="&Open the case",
    icon="layers",
    subtitle="Closed cases that may go",
    choose="Choose a case to hold or erase it, or a certificate to read it.",
    list_name="Closed cases: due, held and coming; certificates",
    years_name="Years a closed case is kept",
    none_due="No case is due",
    none_due_words="Closed cases stand here from half a year before they are due, and those a legal hold keeps.",
    asked="Illustrative until confirmed: for how many years does the partnership keep a closed case?",
    decided="A closed case is kept for this many years, as the partnership has decided.",
    after="after closure",
    ended="Closed on",
    ended_short="Closed",
    keep_title="Keep it longer",
    hold="&Hold it",
    erase_title="Erase it for good",
    erase_hint="Its records and every word ever kept of them go, and cannot come back. A certificate stays. "
    "Backups made before still hold it until they are replaced.",
    who_decides="Nothing is erased by itself: the chair or the administrator decides.",
)
PEOPLE = RetentionWords(
    one="person",
    many="people",
    page="private_person",
    open_it="&Open the person",
    icon="users",
    subtitle="People off the list whose records may go",
    choose="Choose a person to hold or erase their records, or a certificate to read it.",
    list_name="People off the list: due, held and coming; certificates",
    years_name="Years a person off the list is kept",
    none_due="Nobody is due",
    none_due_words="People off the list stand here from half a year before they are due, and those a legal hold keeps.",
    asked="Illustrative until confirmed: for how many years are the records of a person off the list kept?",
    decided="The records of a person off the list are kept for this many years, as New Hope has decided.",
    after="after coming off the list",
    ended="Off the list since",
    ended_short="Off the list",
    keep_title="Keep the records longer",
    hold="&Hold the records",
    erase_title="Erase the records for good",
    erase_hint="Everything kept of the person, and every word that ever was, goes and cannot come back. A certificate "
    "with the reference alone stays. Backups made before still hold it until they are replaced.",
    who_decides="Nothing is erased by itself: New Hope's lead decides.",
)


def words_for(session: Session) -> RetentionWords:
    """The ones of the file that is open."""
    return PEOPLE if session.private else CASES
