"""From passages to an answer whose every sentence is proven."""

from briefwell.answering.extractive import answer_from_evidence
from briefwell.answering.followups import resolve
from briefwell.answering.generative import answer_with_model
from briefwell.answering.likeness import Likeness
from briefwell.answering.matching import Corpus

__all__ = ["Corpus", "Likeness", "answer_from_evidence", "answer_with_model", "resolve"]
