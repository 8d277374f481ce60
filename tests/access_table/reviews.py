"""Reviews and the management review team: who gets what."""

from tests.access_walk import Row

TABLE: list[Row] = []
