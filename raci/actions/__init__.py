"""One function for one verb of the matrix. Page, import and command line all call these."""
