"""What is asked about: a thing of the map or an idea, with its words, topics, names and places."""
