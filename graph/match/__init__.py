"""Partners and money for an action, calls for an organisation: gates first, then a score with reasons."""
