"""Finding things by what people type: words, parts of words and meaning, in Romanian and English."""
