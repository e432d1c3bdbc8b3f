"""Changes of the register's schema, applied in order by Alembic."""
