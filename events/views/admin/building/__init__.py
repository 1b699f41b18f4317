"""The officer's desk: a working programme as a grid that is built by pointer, keyboard or form."""
