"""Cut a document into chunks along its blocks and sentences; pure.

A chunk is one stretch of the document's text. It never crosses a heading, never holds page
furniture and never fills more than the embedding model's window. Within one section the cuts
are chosen together: full chunks are preferred to ragged ones, and the end of a paragraph to
its middle.
"""

from briefwell.chunking.cutting import CHUNKER_VERSION, cut

__all__ = ["CHUNKER_VERSION", "cut"]
