"""The open file: SQLAlchemy Core on an opened vault. Imports services and domain; knows no key but the journal's.

engine · columns (fields → columns) · tables · aggregates (records ↔ rows) · unit_of_work (steps, undo, drafts) · journal ·
drafts · searching · queries · transactions · checks (is the file sound?) · errors · migrations
"""
