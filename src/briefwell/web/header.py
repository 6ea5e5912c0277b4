"""The fixed words of the page."""

from __future__ import annotations

HEADER = (
    '<header class="bw-top"><h1 class="bw-brand">Briefwell</h1>'
    '<nav class="bw-tabs" role="group">'
    '<button type="button" class="bw-quiet" name="pane" value="left">Documents</button>'
    '<button type="button" class="bw-quiet" name="pane" value="middle">Questions</button>'
    '<button type="button" class="bw-quiet" name="pane" value="right">Source</button></nav>'
    '<span class="bw-top-end">'
    '<button type="button" class="bw-quiet" name="new">New'
    '<span class="bw-long"> conversation</span></button>'
    '<button type="button" class="bw-quiet" name="theme" title="Light or dark">'
    '<span class="bw-theme-icon"></span><span class="bw-sr">Change between light and dark</span>'
    "</button></span></header>"
)
SOURCE_EMPTY = (
    '<div class="bw-source-empty" id="bw-source-empty"><h2 class="bw-pane-head">Source</h2>'
    "<p>The passages of an answer appear here. Choose a number to read it where it stands."
    "</p></div>"
)
RESTRICT = (
    '<p class="bw-restrict-head"><label class="bw-find"><span class="bw-sr">Find a document</span>'
    '<input type="search" name="find" placeholder="Find a document"></label></p>'
)
DATES = '<details class="bw-when"><summary>Only certain dates</summary></details>'
"""Opens the boxes below it. Gradio's accordion makes its boxes when it is opened, and empties them
once more a moment later: a date typed by then would be told and not searched by."""
KEPT = (
    '<details class="bw-kept"><summary>Earlier conversations</summary>'
    '<label class="bw-find"><span class="bw-sr">Find a conversation</span>'
    '<input type="search" name="find-kept" placeholder="Find a conversation"></label>'
    '<div class="bw-kept-rows"></div></details>'
)
