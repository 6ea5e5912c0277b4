"""Where the index lies: SQLite for all that is true, Chroma for fast vectors.

`manifest.sqlite` decides what is live; a vector generation in `chroma/` is never written after
it was published. `IndexReader` (in `reader`) is the way to read, `Manifest` the way to write.
"""
