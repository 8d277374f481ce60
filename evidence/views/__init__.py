"""The pages of evidence, one file a subject."""
