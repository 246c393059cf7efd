"""The partnership's rules: what things are and what may happen to them. Standard library only; no clock, no files, no windows.

ids · errors · settings · agencies · confidentiality · meeting · agenda · pace · deadlines · risk · cases · walk_order · actions · action_line · minutes · minutes_layout · minutes_checks
"""
