"""What ``--json`` prints, command by command: shapes with names, from which the schema is made."""
