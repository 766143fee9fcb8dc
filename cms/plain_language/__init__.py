"""Plain language of the editor's desk: measures, hints with examples, word swaps and the language gate of a whole card.

Pure: no database and no framework. Every position (`start`, `end`) counts characters of `sentences.readable(text)`.
"""
