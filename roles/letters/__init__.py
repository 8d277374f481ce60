"""What an appointment letter says (texts), what is frozen of it (content), and how it is printed (paper)."""
