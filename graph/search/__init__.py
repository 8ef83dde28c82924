"""Finding things by what people type: words, parts of words and meaning, in two languages."""
