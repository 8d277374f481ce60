"""What the database refuses for this app, whoever writes and however."""
