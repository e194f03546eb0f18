"""What keeps the records safe: backups, their restoring, salvage, and the ways to the key."""
