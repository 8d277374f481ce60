"""One function for one verb of the register. Browser, import, command line and tasks all call these."""
