"""Offers at the table: made to the person in hand, and answered in their own words."""

from dataclasses import replace

from csp_desktop.domain.errors import Refused
from csp_desktop.domain.ids import new_id
from csp_desktop.domain.rough_sleeping import Offer, OfferAnswer
from csp_desktop.services.private.sitting import OFFER, PrivateSitting
from csp_desktop.services.session import Session


def make(session: Session, sitting: PrivateSitting, what: str) -> Offer:
    """Something is offered to the person in hand, who must be shown for it."""
    person = sitting.person().page.person
    words = " ".join(what.split())
    if not words:
        raise Refused("Say what was offered.")
    with session.work.step("an offer") as records:
        made = Offer(new_id(), person.id, session.today, words, session.user_name)
        records.save(made)
    sitting.drop_line(OFFER)
    return made


def answer(session: Session, sitting: PrivateSitting, offer_id: str, said: OfferAnswer, why: str = "") -> Offer:
    """What the person in hand said to an offer."""
    made = next((one for one in sitting.person().page.offers if one.id == offer_id), None)
    if made is None:
        raise Refused("This offer was not made to the person in hand.")
    on = None if said is OfferAnswer.NO_ANSWER else session.today
    with session.work.step("the answer to an offer") as records:
        kept = replace(made, answer=said, answered_on=on, why=" ".join(why.split()) or made.why)
        records.save(kept)
    return kept
