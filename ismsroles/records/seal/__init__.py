"""The organisation's electronic seal on a finished PDF (design §7): sealing puts it on, checking tells from the file alone."""
