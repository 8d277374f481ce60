"""What this app offers in the navigation."""
