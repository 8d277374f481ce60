"""The ten steps to roles that work, for an information security manager who begins (coverage D6)."""
