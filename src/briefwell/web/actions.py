"""What can be done with a turn, as buttons and links."""

from __future__ import annotations

from briefwell.web.markup import attribute, packed, spoken
from briefwell.web.views import TurnView


def actions(view: TurnView) -> str:
    """Return what can be done with a turn: copy, ask again, edit, export, rate."""
    about = packed({"c": view.conversation, "turn": view.number, "question": view.question})

    def button(name: str, label: str) -> str:
        return (
            f'<button type="button" class="bw-action" name="{name}" value="{about}">{label}'
            "</button>"
        )

    ask = button("again", "Ask again") + button("edit", "Edit question")
    if not (view.answer.get("statements") or view.answer.get("abstention")):
        return f'<div class="bw-actions">{ask}</div>'
    export = (
        '<details class="bw-more"><summary class="bw-action">Export</summary>'
        f'<span class="bw-menu">{_link(view, "md", "Markdown")}{_link(view, "html", "HTML")}'
        f"{_link(view, 'json', 'Problem report')}"
        f"{_link(view, 'json', 'Problem report with document text', '&words=1')}</span></details>"
    )
    return (
        f'<div class="bw-actions">{button("copy", "Copy")}{ask}{export}{_rating(view, about)}</div>'
    )


def _link(view: TurnView, kind: str, label: str, more: str = "") -> str:
    address = f"briefwell/export?c={view.conversation}&turn={view.number}&kind={kind}{more}"
    return f'<a class="bw-action" download href="{attribute(address)}">{label}</a>'


def _rating(view: TurnView, about: str) -> str:
    def thumb(name: str, label: str) -> str:
        is_on = "bw-on" if view.rating == name else ""
        return (
            f'<button type="button" class="bw-action bw-thumb {is_on}" name="rate-{name}" '
            f'value="{about}">{label}</button>'
        )

    note = (
        f'<label class="bw-rating-note">{spoken("Note about this answer")}'
        f'<input type="text" class="bw-input" name="note" value="{attribute(view.note)}" '
        f'placeholder="Add a note" maxlength="2000"></label>'
    )
    return (
        f'<span class="bw-rating {view.rating and "bw-rated"}">{thumb("up", "Helpful")}'
        f"{thumb('down', 'Not helpful')}{note}</span>"
    )
