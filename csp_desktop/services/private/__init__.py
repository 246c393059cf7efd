"""The private rough-sleeping meeting's use cases. They run in a process of their own, on a file of its own; nothing of
the group's side imports them.

register       who may be in the room: the private register, matching, confirming
people         the people sleeping rough: names, sightings, offers, workers, consent
scoring        the risk matrix and its scorings
agenda         the sub-agenda: proposed, picked, ordered; the session planned
room           crossing over: who stays, who leaves, signatures, heads; later comings and goings
own_ids        ids of the group's file that version 0.1.0 kept, replaced once
sitting        person by person: the gate (sitting_gate), the person, outcome and actions (sitting_rows: what is shown;
               sitting_person: what belongs to the person in hand; sitting_items: the agenda beside the people)
offering       offers made and answered at the table
hearing        who heard a person, and the disclosure line
minutes        the private minutes drawn up for one reader; circulating: approved, numbered, given out

`sitting.PrivateSitting` is the only way to a person's rows while a session runs; it asks `domain.admission`.
"""
