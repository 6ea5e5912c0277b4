"""Whole judgements: what is shown, what is not, and what the reader is told."""

from __future__ import annotations

import pytest

from briefwell.types import Document, Proposal, ProposedQuote, Statement, Verdict
from briefwell.verification import judge


def judged(document: Document, statement: str, *quotes: str) -> Statement:
    proposed = tuple(ProposedQuote(quote=quote, source="a.txt") for quote in quotes)
    return judge(Proposal(text=statement, quotes=proposed), {"a.txt": document})


QUOTED = [
    ("Mexico signed the pact.", "Mexico signed the pact."),
    ("Mexico signed the pact.", "Mexico signed the pact"),
    ("Officials deny that Mexico will leave.", "Officials deny that Mexico will leave."),
    ("Canada opposed the plan, but Mexico supported it.", "Canada opposed the plan."),
    ("Mexico signed the pact in 2001.", "Mexico signed the pact."),
    ("In 2001, Mexico signed the pact.", "Mexico signed the pact."),
    ("The pact, signed in May, “holds”.", 'The pact, signed in May, "holds".'),
    ("One fell. Two rose. Three fell.", "Two rose. Three fell."),
    ("Is Mexico leaving?", "Is Mexico leaving?"),
    ("The pact fell in 2003 and must be sold.", "The pact fell in 2003."),
]


@pytest.mark.parametrize(("source", "statement"), QUOTED)
def test_quoted(make_document, source: str, statement: str) -> None:
    found = judged(make_document(source), statement, source)
    assert (found.verdict, found.reason) == (Verdict.QUOTED, "")
    assert [one.quote for one in found.citations] == [source]


SUPPORTED = [
    (
        "The harbour was dredged in 2019 at a cost of 4 million.",
        "In 2019, the harbour was dredged.",
    ),
    ("Poland was invaded by Germany in 1939.", "Germany invaded Poland in 1939."),
    ("The U.S. recognized Liberia on 23 September 1862.", "Liberia was recognized in 1862."),
    ("The “thaw” in Peru led the United States to act.", "The “thaw” in Peru led the U.S. to act."),
    ("Ruiz, the man the union backed, resigned in May.", "Ruiz resigned in May."),
    ("The mine, the largest in Peru, closed in May.", "The mine closed in May."),
    ("In 2010 the mine closed, and the port lost its trade.", "The port lost its trade."),
    ("Talks began again in May.", "Talks started again in May."),
    ("Economic ties support millions of jobs.", "Millions of jobs are supported by economic ties."),
    ("Woodrow Wilson, the president, asked Congress for war.", "Wilson asked Congress for war."),
    ("Woodrow Wilson, the president, asked for war.", "Woodrow Wilson was the president."),
    ("Exports rose by 10 percent, while imports fell.", "Exports increased by 10%."),
    ("Exports rose, while imports fell by 3 percent.", "Imports fell by 3%."),
    ("Some 310 ships called in 2020.", "About 310 ships called in 2020."),
    ("The minister said that the budget failed.", "According to the minister, the budget failed."),
    ("The company, which was founded in 1920, grew.", "The company was founded in 1920."),
    ("Smith was born in Dover in 1870 and studied law.", "Smith studied law."),
    ("The capital of the province is Olm.", "Olm is the capital of the province."),
    ("The harbour of Port Ellery was deep.", "Port Ellery's harbour was deep."),
    ("It is the second aim of the United States.", "It is the United States' second aim."),
    ("Prices have fallen since 2018, but they remain high.", "Prices remain high."),
    ("Although the talks were long, they produced nothing.", "The talks produced nothing."),
    ("The pact covers oil, gas and coal.", "The pact covers gas and coal."),
    ("The National Port Board (NPB) runs it.", "The NPB runs it."),
    (
        "The treaty was signed at Paris on 10 May 1763.",
        "The treaty was signed in Paris in May 1763.",
    ),
    ("The council consists of two men.", "The council is made up of two men."),
    ("Mexican exports lead the recovery.", "The recovery is being led by Mexican exports."),
    ("The pact has been signed by both sides.", "The pact was signed by both sides."),
    ("The office was open from 2011 to 2015.", "The office was open between 2011 and 2015."),
    ("Ruiz thinks that the mine is safe.", "According to Ruiz, the mine is safe."),
    ("In Ruiz's view, the mine is safe.", "Ruiz believes the mine is safe."),
    ("According to officials, the mine is safe.", "Officials say that the mine is safe."),
    ("The mine closed in May 2003.", "The passage states that the mine closed in May 2003."),
    ("The pact took the place of the old one.", "The pact replaced the old one."),
    ("It costs 3 pesos per minute.", "It costs 3 pesos every minute."),
    ("The state met Luis Vega, who led the strike.", "Vega led the strike."),
    ("Peru approved its successor, the Lima Pact.", "Peru approved the Lima Pact."),
    ("The Lima Trade Pact, or LTP, closed the mine.", "The LTP closed the mine."),
    ("The vote took place on May 2, 2003, in Lima.", "The vote took place in Lima."),
    ("It has rules for oil and for gas.", "It has rules for oil and gas."),
    (
        "The treaty ended the war in 1848 and gave Peru two towns.",
        "The treaty, which ended the war in 1848, gave Peru two towns.",
    ),
]


@pytest.mark.parametrize(("source", "statement"), SUPPORTED)
def test_supported(make_document, source: str, statement: str) -> None:
    found = judged(make_document(source), statement, source)
    assert (found.verdict, found.reason) == (Verdict.SUPPORTED, "")
    assert len(found.citations) == 1


REJECTED = [
    ("Officials deny that Mexico will leave.", "Mexico will leave.", "deny"),
    ("Critics say that the pact is weak.", "The pact is weak.", "say"),
    ("The pact is weak, critics say.", "The pact is weak.", "say"),
    ("If Peru leaves, the pact ends.", "The pact ends.", ""),
    ("The pact ends if Peru leaves.", "The pact ends.", "if"),
    ("Mexico may leave the pact.", "Mexico will leave the pact.", "may"),
    ("Exports rose by 10 percent.", "Exports rose by 30 percent.", "it says 10 percent"),
    ("Exports rose by 10 percent.", "Exports fell by 10 percent.", "rose"),
    ("It was the fourth-worst year.", "It was the worst year.", "fourth"),
    ("Germany invaded Poland.", "Poland invaded Germany.", "each other's place"),
    ("Germany invaded Poland.", "Germany was invaded by Poland.", "each other's place"),
    ("Mexico told Peru that Chile invaded Bolivia.", "Mexico invaded Bolivia.", ""),
    ("Vice President Smith signed the treaty.", "President Smith signed the treaty.", "Vice"),
    ("New Mexico joined the union.", "Mexico joined the union.", ""),
    ("Most ports closed.", "All ports closed.", "Most"),
    ("The Senate almost rejected the treaty.", "The treaty was rejected.", ""),
    ("Only two states ratified the treaty.", "The treaty was ratified.", ""),
    ("The war ended after the armies met and shot men.", "The war shot men.", ""),
    ("Peru accepted it, and Chile gave in and left.", "Peru left.", ""),
    ("The U.S. opened an office in Lima. It became a school.", "The U.S. became a school.", ""),
    ("Smith was captured and killed in Lima.", "Smith killed in Lima.", ""),
    ("Is Mexico leaving?", "Is Mexico leaving", ""),
    ("“Mexico has won,” Lee said.", "Mexico has won.", "said"),
    ("Oil exports rose.", "Exports rose.", ""),
    ("Production fell by 3 percent in Texas.", "Production fell by 3 percent.", ""),
    ("The plan, which officials say was false, passed.", "The plan was false.", "say"),
    ("Mexico signed the pact.", "Mexico signed the pact and left the league.", "league"),
    ("Mexico signed the pact.", "Nothing of this kind was ever written.", ""),
    ("| Ships | 310 | 2020 |", "Ships | 310", ""),
]


@pytest.mark.parametrize(("source", "statement", "reason"), REJECTED)
def test_rejected(make_document, source: str, statement: str, reason: str) -> None:
    found = judged(make_document(source), statement, source)
    assert not found.verdict.is_shown
    assert not found.citations
    assert found.reason.endswith(".")
    assert reason in found.reason


@pytest.mark.parametrize(
    ("source", "statement", "verdict"),
    [
        ("Exports rose by 10 percent.", "Exports rose by 30 percent.", Verdict.CONTRADICTED),
        ("Mexico signed the pact.", "Mexico did not sign the pact.", Verdict.CONTRADICTED),
        ("Mexico signed the pact.", "Mexico signed the pact gladly.", Verdict.PARTLY),
        ("Mexico signed the pact.", "Trade with Peru fell.", Verdict.NOT_FOUND),
    ],
)
def test_the_kinds_of_rejection(make_document, source, statement, verdict) -> None:
    assert judged(make_document(source), statement, source).verdict is verdict


def test_a_pronoun_is_resolved_by_the_sentence_before(make_document) -> None:
    document = make_document("Woodrow Wilson went to Congress. He asked for war.")
    assert judged(document, "Wilson asked for war.", "He asked for war.").verdict.is_shown
    assert not judged(document, "Congress asked for war.", "He asked for war.").verdict.is_shown


def test_a_true_statement_with_another_place_cited_is_not_shown(make_document) -> None:
    document = make_document("Mexico signed the pact.\nCanada left the league.")
    found = judged(document, "Mexico signed the pact.", "Canada left the league.")
    assert found.verdict is Verdict.NOT_FOUND


def test_two_sentences_are_not_melted_into_one_claim(make_document) -> None:
    document = make_document("Mexico signed the pact.\nCanada left the league in 1995.")
    quotes = ("Mexico signed the pact.", "Canada left the league in 1995.")
    for melted in (
        "Mexico left the league in 1995.",
        "Mexico signed the pact in 1995.",
        "Mexico signed the pact and left the league in 1995.",
        "Mexico signed the pact, and left the league in 1995.",
    ):
        assert not judged(document, melted, *quotes).verdict.is_shown, melted


def test_each_clause_may_have_its_own_citation(make_document) -> None:
    document = make_document("Mexico signed the pact.\nCanada left the league in 1995.")
    quotes = ("Mexico signed the pact.", "Canada left the league in 1995.")
    both = "Mexico signed the pact, while Canada left the league in 1995."
    found = judged(document, both, *quotes)
    assert found.verdict is Verdict.SUPPORTED
    assert [(one.number, one.quote) for one in found.citations] == [(1, quotes[0]), (2, quotes[1])]


def test_only_the_citations_that_prove_are_kept_and_numbered(make_document) -> None:
    document = make_document("Mexico signed the pact.\nCanada left the league.")
    proposal = Proposal(
        text="Canada left the league.",
        quotes=(
            ProposedQuote(quote="Nobody wrote this.", source="a.txt"),
            ProposedQuote(quote="Mexico signed the pact.", source="a.txt"),
            ProposedQuote(quote="Canada left the league.", source="a.txt"),
        ),
    )
    found = judge(proposal, {"a.txt": document}, first_number=4)
    assert [(one.number, one.quote) for one in found.citations] == [(4, "Canada left the league.")]


def test_last_year_is_counted_from_the_document(make_document) -> None:
    document = make_document("Exports rose last year.", date="2021-10-08")
    assert judged(document, "Exports rose in 2020.", document.text).verdict.is_shown
    assert not judged(document, "Exports rose in 2021.", document.text).verdict.is_shown


@pytest.mark.parametrize(
    ("statement", "quote", "reason"),
    [
        ("", "Mexico signed.", "The statement is empty."),
        ("Mexico signed.", "Peru signed.", "do not stand in a.txt"),
        ("Trade", "Trade", "in a heading"),
    ],
)
def test_what_cannot_be_held_against_anything(make_document, statement, quote, reason) -> None:
    found = judged(make_document("# Trade\nMexico signed."), statement, quote)
    assert found.verdict is Verdict.NOT_FOUND
    assert reason in found.reason


def test_a_statement_without_quotes_or_source_is_not_found(make_document) -> None:
    assert judge(Proposal(text="Mexico signed."), {}).reason == "No quote was given."
    elsewhere = ProposedQuote(quote="Mexico signed.", source="b.txt")
    found = judge(Proposal(text="Mexico signed.", quotes=(elsewhere,)), {})
    assert found.reason == "There is no source b.txt."


def test_a_shared_name_may_join_two_passages_and_a_shared_office_may_not(make_document) -> None:
    one, two = "Peru signed the pact in 1990.", "Peru left the league in 1995."
    joined = judged(
        make_document(f"{one} {two}"), f"{one[:-1]} and left the league in 1995.", one, two
    )
    assert joined.verdict is Verdict.SUPPORTED
    assert [citation.quote for citation in joined.citations] == [one, two]
    one, two = "The minister signed the pact in 1990.", "The minister left the league in 1995."
    melted = judged(
        make_document(f"{one} {two}"), f"{one[:-1]} and left the league in 1995.", one, two
    )
    assert not melted.verdict.is_shown
