"""The table of cases that every door must pass.

The labelled questions of the seed are read from beside the checkout. The others were written by
reading the same article, in other words than its own, before there was code to answer them; a
case names its evidence by a few words of the article, so a moved span is noticed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

ARTICLE = "mexico-highest-us-priority.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One question and what any door must show for it.

    `answers`: each entry must be met in the statements' text; `|` separates alternatives.
    `evidence`: words of the article; a citation must touch the place of one of them. A case
    without evidence must end in an abstention. `history`: the user's questions before.
    """

    id: str
    question: str
    answers: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    history: tuple[str, ...] = ()

    @property
    def is_answerable(self) -> bool:
        return bool(self.evidence)

    @property
    def turns(self) -> list[dict[str, str]]:
        return [{"role": "user", "content": question} for question in self.history]


OWN_CASES = (
    Case(
        id="who-launched",
        question="Which American official took part in launching the renewed economic dialogue?",
        answers=("Harris",),
        evidence=("including U.S. Vice President Kamala Harris",),
    ),
    Case(
        id="trade-per-minute",
        question="What was commerce between the two countries worth per minute before COVID-19?",
        answers=("$1 million",),
        evidence=("amounted to about $1 million per minute",),
    ),
    Case(
        id="third-pillar",
        question="What kind of cooperation can HLED's third pillar help with?",
        answers=("cybersecurity",),
        evidence=("cooperation on cybersecurity and resilient information technology",),
    ),
    Case(
        id="fourth-pillar",
        question="Which part of the HLED is about training workers?",
        answers=("investing in our people",),
        evidence=("gives needed attention to workforce development",),
    ),
    Case(
        id="merida-since",
        question="In which year did the Merida Initiative begin to serve as the umbrella?",
        answers=("2008",),
        evidence=("bilateral public security cooperation since 2008",),
    ),
    Case(
        id="three-year-plan",
        question="By when is a three-year plan on security expected?",
        answers=("early in 2022",),
        evidence=("three-year plan of action by early in",),
    ),
    Case(
        id="first-review",
        question="Which supply chains are going to be examined first?",
        answers=("semiconductor", "medical device"),
        evidence=("Semiconductor and medical device supply chains",),
    ),
    Case(
        id="inter-mestic",
        question="Why is the relationship called inter-mestic?",
        answers=("international and domestic",),
        evidence=("simultaneously international and domestic for both countries",),
    ),
    Case(
        id="root-causes",
        question="What makes Central Americans leave their home countries?",
        answers=("job opportunities", "violence", "corrupt", "climate change"),
        evidence=("These include poor job opportunities",),
    ),
    Case(
        id="national-guard",
        question="Which force did Mexico send to help control migrants heading north?",
        answers=("National Guard",),
        evidence=("they did deploy the National Guard",),
    ),
    Case(
        id="us-concerns",
        question="In which sectors do Mexican policies concern the United States?",
        answers=("agriculture", "energy", "labor"),
        evidence=("such sectors as agriculture, energy and labor",),
    ),
    Case(
        id="framework-approved",
        question="On what date was the successor of the Merida Initiative approved?",
        answers=("October 8",),
        evidence=("cabinet members from both countries approved",),
    ),
    Case(
        id="crime-index",
        question="How does Mexico score in the index of global organized crime?",
        answers=("worst criminal market scores",),
        evidence=("worst criminal market scores in the world",),
    ),
    Case(
        id="framework-covers",
        question="And what does it cover?",
        answers=("public health", "homicides"),
        evidence=("covers cooperation on public health",),
        history=("What is the Bicentennial Framework?",),
    ),
    Case(id="homicide-count", question="How many homicides were recorded in Mexico in 2020?"),
    Case(id="merida-cost", question="How many dollars did Congress give to the Merida Initiative?"),
    Case(id="embassy-head", question="Who is Mexico's ambassador in Washington?"),
    Case(id="un-membership", question="When did Mexico join the United Nations?"),
    Case(id="venezuelans", question="How many Venezuelan migrants arrived in Texas in 2021?"),
    Case(id="canada-jobs", question="How many Canadian jobs depend on trade with Mexico?"),
)


def read_seed(shared: Path) -> tuple[Case, ...]:
    """Return the labelled questions of the seed as cases."""
    lines = (shared / "seed" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    return tuple(
        Case(
            id=row["id"],
            question=row["question"],
            answers=tuple(row["answers"]),
            evidence=tuple(item["text"] for item in row["evidence"]),
            history=tuple(row.get("history", ())),
        )
        for row in rows
    )


def find_problems(answer: dict, case: Case, article: str) -> list[str]:
    """Return what is wrong with an answer, given as the JSON every door prints."""
    if not case.is_answerable:
        return [] if answer["abstention"] else [f"answered: {answer['text']}"]
    if answer["abstention"]:
        return [f"abstained: {answer['abstention']['message']}"]
    said = " ".join(line["text"] for line in answer["statements"]).casefold()
    wrong = [
        f"does not say {wanted!r}: {said}"
        for wanted in case.answers
        if not any(option.strip().casefold() in said for option in wanted.split("|"))
    ]
    cited = [item for line in answer["statements"] for item in line["citations"]]
    wrong += [
        f"does not stand at its span: {item['quote']!r}"
        for item in cited
        if item["source"] == ARTICLE
        and article[item["span"]["start"] : item["span"]["end"]] != item["quote"]
    ]
    places = [find_place(article, words) for words in case.evidence]
    if not any(_touches(item, place) for item in cited for place in places):
        wrong.append(f"cites no evidence, but {[item['quote'] for item in cited]}")
    return wrong


def find_place(article: str, words: str) -> tuple[int, int]:
    """Return where words of the article stand.

    Raises:
        ValueError: They do not stand there, or more than once.
    """
    if article.count(words) != 1:
        raise ValueError(f"{words!r} stands {article.count(words)} times in the article")
    start = article.index(words)
    return start, start + len(words)


def _touches(citation: dict, place: tuple[int, int]) -> bool:
    start, end = place
    span = citation["span"]
    return citation["source"] == ARTICLE and span["start"] < end and start < span["end"]
