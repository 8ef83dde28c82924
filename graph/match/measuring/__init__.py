"""What is measured of a subject against whole kinds at once: who is looked at, and how near they are."""
