"""Skills, assessments, gaps and training."""

# fmt: off
TABLE = [
]
# fmt: on
