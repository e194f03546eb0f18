"""What we said we would do, by when, and the duties of every day."""
