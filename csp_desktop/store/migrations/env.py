"""Run by Alembic: migrates the connection `migrate` hands over. There is no other way in: no URL, no offline mode."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
context.run_migrations()
