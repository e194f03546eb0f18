"""The demonstration: a throw-away desk with a believable company, whose telephone rings."""
