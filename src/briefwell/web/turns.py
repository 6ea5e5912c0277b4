"""One turn of the conversation as HTML: the question, what was proven, what was not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefwell.types import Verdict
from briefwell.web.actions import actions
from briefwell.web.markup import (
    attribute,
    day,
    dotted,
    escape,
    packed,
    pages,
    plural,
    spoken,
    trail,
    trouble,
)
from briefwell.web.views import NOW, Json, TurnState, TurnView

# Chips need no brackets for the eye; what is selected or read aloud keeps them.
_OPEN, _CLOSE = '<span class="bw-bracket">[</span>', '<span class="bw-bracket">]</span>'

_VERDICTS = {
    Verdict.QUOTED: "Quoted word for word",
    Verdict.SUPPORTED: "Supported by its sources",
    Verdict.FRAMING: "Our own framing line",
    Verdict.PARTLY: "Only partly in its sources",
    Verdict.NOT_FOUND: "Not found in the sources",
    Verdict.CONTRADICTED: "Contradicted by its source",
}


def conversation(turns: Sequence[TurnView]) -> str:
    """Return the conversation as blocks of HTML, one for each turn, a blank line between."""
    return "\n\n".join(turn(item) for item in turns)


def turn(view: TurnView) -> str:
    """Return one turn as one line of HTML."""
    working = view.state is TurnState.WORKING
    parts = [
        f'<h2 class="bw-question">{spoken("You asked: ")}{escape(view.question)}</h2>',
        _searched(view),
        _statements(view),
        _abstention(view),
        _progress(view) if working else "",
        _trouble(view),
        "" if working else _footer(view),
        "" if working else _rejected(view),
        "" if working else actions(view),
    ]
    kind = f"bw-turn bw-{view.state.value}"
    parts.append(
        f'<input type="hidden" name="conversation" value="{attribute(view.conversation)}">'
    )
    return f'<article class="{kind}" id="bw-turn-{view.number}">{"".join(parts)}</article>'


def _searched(view: TurnView) -> str:
    searched = str(view.answer.get("searched_for") or "")
    told = []
    if searched and searched.strip() != view.question.strip():
        told.append(f"Searched for: <q>{escape(searched)}</q>")
    chosen = view.filters.get("sources", ())
    told += [f"only in {plural(len(chosen), 'document')}"] if chosen else []
    since, until = view.filters.get("since", ""), view.filters.get("until", "")
    told += [f"from {escape(day(since))}"] if since else []
    told += [f"to {escape(day(until))}"] if until else []
    return f'<p class="bw-searched">{dotted(told)}</p>' if told else ""


def _statements(view: TurnView) -> str:
    lines = [_statement(view, line) for line in view.answer.get("statements", ())]
    return f'<div class="bw-statements">{"".join(lines)}</div>' if lines else ""


def _statement(view: TurnView, line: Json) -> str:
    verdict = Verdict(line["verdict"])
    cites = "".join(marker(view, item) for item in line["citations"])
    label = attribute(_VERDICTS[verdict])
    return (
        f'<p class="bw-statement bw-v-{verdict.value}" title="{label}">'
        f"{spoken(_VERDICTS[verdict] + ': ')}{escape(line['text'])}{cites}</p>"
    )


def marker(view: TurnView, citation: Json) -> str:
    """Return the button `[1]` of one citation with the card that hovering shows."""
    number, span = citation["number"], citation["span"]
    now = view.sources_now.get(number, "")
    value = {
        "n": number,
        "s": citation["source"],
        "a": span["start"],
        "b": span["end"],
        "h": citation["document_sha256"],
    }
    where = ", ".join(part for part in (citation["title"], pages(citation["pages"])) if part)
    return (
        f'<span class="bw-cite"><button type="button" class="bw-marker {now and "bw-stale"}" '
        f'name="cite" value="{packed(value)}">{_OPEN}{number}{_CLOSE}'
        f"{spoken(f' citation: {where}')}</button>{_card(view, citation, now)}</span>"
    )


def _dates(view: TurnView) -> dict[str, str]:
    return {item["source"]: item["date"] for item in view.answer.get("passages", ())}


def _card(view: TurnView, citation: Json, now: str) -> str:
    date = day(_dates(view).get(citation["source"]))
    about = dotted([escape(date), escape(pages(citation["pages"]))])
    warning = f'<span class="bw-card-now">{NOW[now]}</span>' if now else ""
    return (
        '<span class="bw-card" hidden>'
        f'<span class="bw-card-title">{escape(citation["title"])}</span>'
        f'<span class="bw-card-about">{about}</span>{warning}'
        f'<span class="bw-card-quote">{escape(citation["quote"])}</span></span>'
    )


def _abstention(view: TurnView) -> str:
    refusal = view.answer.get("abstention")
    if not refusal:
        return ""
    unsaid = [word for word in refusal["missing"] if word not in refusal["message"]]
    missing = ", ".join(f"<q>{escape(word)}</q>" for word in unsaid)
    lacking = f'<p class="bw-missing">Not found in any passage: {missing}</p>' if missing else ""
    closest = [_closest(at, item) for at, item in enumerate(refusal["closest"], start=1)]
    listed = (
        f'<h3 class="bw-small-head">What comes closest</h3><ol class="bw-closest">'
        f"{''.join(closest)}</ol>"
        if closest
        else ""
    )
    widen = (
        '<p><button type="button" class="bw-action bw-widen" name="widen" '
        f'value="{packed({"question": view.question, "turn": view.number})}">'
        "Search all documents instead</button></p>"
        if view.filters
        else ""
    )
    return (
        f'<div class="bw-abstention"><p><strong>No answer from these documents.</strong> '
        f"{escape(refusal['message'])}</p>{lacking}{widen}{listed}</div>"
    )


def _closest(number: int, passage: Json) -> str:
    span = passage["span"]
    value = {"n": number, "s": passage["source"], "a": span["start"], "b": span["end"], "h": ""}
    parts = (day(passage.get("date")), pages(passage["pages"]))
    heading = trail(passage["heading_path"], title=passage["title"])
    about = dotted([*(escape(part) for part in parts), heading])
    return (
        f'<li><button type="button" class="bw-closest-open" name="passage" '
        f'value="{packed(value)}">{escape(passage["title"])}</button>'
        f'<span class="bw-about">{about}</span>'
        f'<span class="bw-excerpt">{escape(_shortened(passage["text"]))}</span></li>'
    )


def _shortened(text: str, most: int = 280) -> str:
    """Return the beginning of a passage on one line, without the frame of Markdown tables."""
    rows = re.sub(r"(?m)^ *\|?[ :|-]*-{3}[ :|-]*$", "", text)
    words = " ".join(re.sub(r"(?m)^ *\| *| *\| *$", "", rows).split())
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " …"


def _progress(view: TurnView) -> str:
    found = len(view.answer.get("passages", ()))
    doing = f"Reading {plural(found, 'passage')}" if found else "Searching the documents"
    return f'<p class="bw-progress"><span class="bw-pulse"></span>{doing} …</p>'


def _trouble(view: TurnView) -> str:
    if view.state is TurnState.STOPPED:
        return '<p class="bw-note">Stopped before it was finished. You can ask again.</p>'
    return trouble(view.problem, view.remedy) if view.state is TurnState.FAILED else ""


def _footer(view: TurnView) -> str:
    answer = view.answer
    if not answer or not (answer.get("statements") or answer.get("abstention")):
        return ""
    as_of = answer.get("as_of")
    cited = {item["source"] for line in answer["statements"] for item in line["citations"]}
    notices = "".join(f'<p class="bw-note">{escape(note)}</p>' for note in answer["notices"])
    if answer.get("abstention"):
        return notices
    line = dotted(
        [
            f"As of <time>{escape(day(as_of))}</time>" if as_of else "",
            _mode(answer),
            plural(len(cited), "source") if cited else "",
        ]
    )
    return f'{notices}<p class="bw-footer">{line}</p>'


def _mode(answer: Json) -> str:
    """Return who made an answer; of one that was stopped nobody has said it yet."""
    if "model" not in answer:
        return ""
    model = answer["model"]
    return f"Written by {escape(model)}, each sentence checked" if model else "Evidence answer"


def _rejected(view: TurnView) -> str:
    refused = view.answer.get("rejected") or ()
    if not refused:
        return ""
    items = "".join(
        f'<li><span class="bw-refused">{escape(line["text"])}</span>'
        f'<span class="bw-about">{_VERDICTS[Verdict(line["verdict"])]}. '
        f"{escape(line['reason'])}</span></li>"
        for line in refused
    )
    return (
        f'<details class="bw-rejected"><summary>{plural(len(refused), "sentence")} '
        f"did not pass the proof</summary><ul>{items}</ul></details>"
    )
