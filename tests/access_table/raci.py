"""The matrix of activities and roles, and the owners of assets and risks."""

# fmt: off
TABLE = [
]
# fmt: on
