"""The demo organisation: a believable company of 60 people, our own fiction, with every date relative to today."""
