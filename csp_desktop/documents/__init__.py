"""Minutes and other papers. Law: takes a domain value and returns bytes; never the store or the windows.

fonts     the embedded letters, and which characters they lack
escaping  the one way typed text gets into a paragraph
styles    sizes, colours, margins
paper     any paper of sections as PDF; tagging: its tree for screen readers
minutes   the group's minutes; private_minutes: those of the private meeting, and its actions alone
"""
