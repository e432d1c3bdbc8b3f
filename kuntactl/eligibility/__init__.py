"""Who belongs to a trial: criteria, dated rule sets, decisions and their reasons."""
