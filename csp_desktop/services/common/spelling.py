"""The partnership's own words, which its spelling knows beside the shipped list; they stay in its file."""

from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.spelling import GlossaryWord, glossary_word, words_in
from csp_desktop.domain.people.agencies import Agency, Member
from csp_desktop.services.session import Session


def own_words(session: Session) -> frozenset[str]:
    """What the file knows beyond the list: words added by hand, the names of its people and agencies, of its cases'
    titles and places. Held only while the file is open."""
    with session.work.reading() as records:
        added = frozenset(row.word for row in records.find(GlossaryWord))
        texts = [member.name for member in records.find(Member)]
        texts += [name for agency in records.find(Agency) for name in (agency.name, agency.short_name)]
        if not session.private:
            texts += [f"{case.title} {case.location}" for case in records.find(Case)]
    return added | words_in(texts)


def add_word(session: Session, text: str) -> GlossaryWord:
    """Put a word on the partnership's own list; one that is there stays. Raises Refused for what is no single word."""
    session.require_case_worker()
    word = glossary_word(text)
    if not word:
        raise Refused("Only a single word can be added to the spelling list.")
    with session.work.step("a word for the spelling") as records:
        there = records.find(GlossaryWord, word=word)
        if there:
            return there[0]
        made = GlossaryWord(new_id(), word, session.user_name, session.today)
        records.save(made)
    return made
