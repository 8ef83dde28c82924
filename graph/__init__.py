"""The facts, and what follows from them."""
