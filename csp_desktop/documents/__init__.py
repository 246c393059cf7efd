"""Minutes and other papers. Law: takes a domain value and returns bytes; never the store or the windows.

styles       sizes, colours, margins, the embedded letters, and which characters they lack
columns      how wide a table's columns are; large_print: what is set out otherwise in it
paper        any paper of sections as PDF; tagging: its tree for screen readers
word         any paper of sections as a Word file; word_parts: what of it says nothing of the paper
minutes      the group's minutes; private.minutes: those of the private meeting
action_list  the actions alone, of either meeting
certificate  what is left of a case, or of a person
"""
