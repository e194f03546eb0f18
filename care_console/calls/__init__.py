"""Calls and contacts: who is on the phone or at the counter, and what became of it."""
