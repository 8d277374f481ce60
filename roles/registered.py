"""What segregation of duties, the person picker and overlaps register when the app is ready."""

from roles import conflicts
from roles.actions import separation as adopted_with_roles
from roles.policy import separation as who_separates
from roles.policy import wording as who_reads_overlaps
from roles.queries import offering

__all__ = ["adopted_with_roles", "conflicts", "offering", "who_reads_overlaps", "who_separates"]
