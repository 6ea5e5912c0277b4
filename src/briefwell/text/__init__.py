"""Text, seen three ways without losing a place: normalised, as sentences, as words.

Every function takes plain text and gives spans of that text, in code points.
"""

from briefwell.text.normal import Normalised, normalise, normalise_with_map
from briefwell.text.sentences import sentence_spans
from briefwell.text.words import STOP_WORDS, Word, content_stems, stem, stems, words

NORMALISER_VERSION = 4
"""Part of the index fingerprint: raise it when what `normalise`, `sentence_spans` or
`words` give changes."""

__all__ = [
    "NORMALISER_VERSION",
    "STOP_WORDS",
    "Normalised",
    "Word",
    "content_stems",
    "normalise",
    "normalise_with_map",
    "sentence_spans",
    "stem",
    "stems",
    "words",
]
