"""How Alembic runs the changes: on the connection, in the transaction, of the open register."""

from alembic import context

from kuntactl.register.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
