"""The private rough-sleeping meeting's use cases. They run in a process of their own, on a file of its own; nothing of
the group's side imports them.

register       who may be in the room: the private register, matching, confirming
people         the people sleeping rough: names, sightings, offers, workers, consent
scoring        the risk matrix and its scorings
agenda         the sub-agenda: proposed, picked, ordered; the session planned
room           crossing over: who stays, who leaves, signatures, heads; later comings and goings
own_ids        ids of the group's file that version 0.1.0 kept, replaced once
session        person by person: the person, offers, outcome and actions (session_rows: what is shown; session_items:
               the agenda beside the people); gate: who is shown, what leaves a disclosure line, who heard
minutes        the private minutes drawn up for one reader; circulation: approved, numbered, given out

`session.PrivateSitting` is the only way to a person's rows while a session runs; it asks the domain's `admission`.
"""
