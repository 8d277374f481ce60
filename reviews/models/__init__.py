"""Reviews and why they were opened, the management review team and its meetings, audits of roles."""
