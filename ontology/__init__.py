"""The words: classes, properties, code lists and topics, read from Turtle; imports nothing of ours."""
