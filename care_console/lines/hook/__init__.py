"""A web hook, to which a hosted telephone tells who calls."""
