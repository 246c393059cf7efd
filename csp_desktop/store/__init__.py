"""The tables of an opened vault. Law: services, domain, SQLAlchemy Core and Alembic; nothing else.

engine · columns (fields → columns) · tables · private/tables · aggregates (records ↔ rows) · unit_of_work (steps,
undo, what is being typed, erasing) · journal · documents · searching · queries · transactions · checks, schema_check
(is the file sound?) · errors · migrations
"""
