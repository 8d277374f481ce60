"""The launcher behind `make run`: one command that prepares and runs everything on a person's own machine."""
