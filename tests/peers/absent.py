"""What the summary of a run says loudly where tests could not meet real telephones."""

ABSENT = "no real telephone peers, so the lines are untested against them"
