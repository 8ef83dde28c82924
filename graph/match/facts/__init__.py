"""What matching knows of the map: columns of all things, records when asked for, topics as axes, names."""
