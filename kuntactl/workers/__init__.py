"""Work handed out to other processes, on this machine or on others."""
