"""The tables of an opened vault. Law: services, domain, SQLAlchemy Core and Alembic; nothing else."""
