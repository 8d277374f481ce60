"""Who does what: the matrix, and the owners of assets and risks."""
