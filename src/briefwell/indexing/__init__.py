"""Bring the index to equal the documents folder: scan, plan, parse, embed, publish, sweep."""

from briefwell.indexing.parts import Parts
from briefwell.indexing.progress import Progress, Stage
from briefwell.indexing.reindexing import reindex
from briefwell.indexing.watching import watch
from briefwell.recipe import index_fingerprint

__all__ = ["Parts", "Progress", "Stage", "index_fingerprint", "reindex", "watch"]
