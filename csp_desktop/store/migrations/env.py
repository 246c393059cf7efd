"""Run by Alembic: migrates the connection that `upgrade` hands over. There is no other way in, so no URL and no offline mode."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
context.run_migrations()
