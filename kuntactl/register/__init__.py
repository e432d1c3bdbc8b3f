"""What is remembered between runs: members, coaches, letters, answers."""
