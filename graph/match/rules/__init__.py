"""The rules of eligibility, one function each, and the territories they read."""
