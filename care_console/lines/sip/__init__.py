"""The SIP line, which rings along with the desk or watches its telephone (RFC 3261)."""
