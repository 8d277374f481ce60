"""Assets from a list (coverage M4): which column is what, which row means which asset, who the named owners are."""
