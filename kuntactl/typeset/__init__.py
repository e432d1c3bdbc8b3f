"""HTML to PDF and nothing else."""
