"""What does not go back when a backup is restored: who may open the file and with which roles, where backups go, and
what was done with copies since."""

from dataclasses import replace

from csp_desktop.domain.agencies import Agency, Member
from csp_desktop.domain.days import local, short_day
from csp_desktop.domain.safekeeping import SafeCopy, SafekeepingRules
from csp_desktop.domain.users import User
from csp_desktop.services.ports import Records, Work


def carry_over(today: Work, restored: Work, note: SafeCopy) -> None:
    """One step in the restored records, which cannot be undone; `note` writes the restore down."""
    day = short_day(local(note.made_at or note.at).date())
    with today.reading() as now, restored.step(f"restore of the backup of {day}", undoable=False) as then:
        _users(now, then)
        _rows(now, then, User)
        for kind in (SafekeepingRules, SafeCopy):
            for record in now.find(kind):
                then.save(record)
        then.save(note)


def _users(now: Records, then: Records) -> None:
    """The members who are users today, as they are today; nobody else keeps a role."""
    users = {member.id: member for member in now.find(Member) if member.user_name}
    for member in then.find(Member):
        if member.id not in users and (member.user_name or member.roles):
            then.save(replace(member, user_name="", roles=()))
    known = {agency.id for agency in then.find(Agency)}
    for member in users.values():
        if member.agency_id not in known:
            then.save(now.get(Agency, member.agency_id))
        then.save(member)


def _rows(now: Records, then: Records, kind: type[User]) -> None:
    """The same rows as today, no more and no fewer."""
    wanted = {record.id: record for record in now.find(kind)}
    for record in then.find(kind):
        if record.id not in wanted:
            then.remove(record)
    for record in wanted.values():
        then.save(record)
