"""The words: classes, properties, code lists and topics; imports nothing of ours."""
