"""The line to an Asterisk, through its manager interface (AMI)."""
