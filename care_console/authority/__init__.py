"""What a clerk may give without asking, and what became of it."""
