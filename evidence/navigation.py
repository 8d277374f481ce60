"""What navigation this app offers."""
