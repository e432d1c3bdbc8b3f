"""How kuntactl writes files: one dialect of tables, beside first, then renamed into place."""
