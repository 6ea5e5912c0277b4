"""Offered questions: only those that are answered from the place they were made from."""

from __future__ import annotations

import briefwell
from briefwell.web.suggesting import Suggestions
from doubles import ScriptedChatModel


def test_examples_are_answered_from_the_documents(assistant):
    made = Suggestions(assistant).examples()
    assert "How many ships called in 2020?" in made
    assert "When was the harbour of Port Ellery dredged?" in made
    assert all(assistant.ask(question).citations for question in made)


def test_every_kind_of_offer_has_a_rank(assistant, corpus):
    corpus.write(
        "table.md",
        "# Table\n\n| What | Number | Year |\n| --- | --- | --- |\n"
        "| Sailors who came to the fair | about 120 | 2021 |\n",
    )
    assistant.reindex()
    assert "How many sailors came to the fair?" in Suggestions(assistant).examples()


def test_without_an_index_there_are_none(project, embedder):
    with briefwell.Assistant.open(
        documents=project.documents, index=project.index, embedder=embedder
    ) as empty:
        assert Suggestions(empty).examples() == []


def test_examples_are_looked_for_again_when_the_documents_change(assistant, corpus):
    suggestions = Suggestions(assistant)
    before = suggestions.examples()
    corpus.write("meadow.md", "# Meadow\n\nThe meadow of Tarn was mown by Ilse Tarn in 1934.\n")
    harbour = (corpus.documents / "harbour.md").read_text(encoding="utf-8")
    corpus.write("harbour.md", harbour.replace("310 ships", "About ships"))
    assistant.reindex()
    after = suggestions.examples()
    assert "How many ships called in 2020?" in before
    assert "How many ships called in 2020?" not in after


def test_next_questions_do_not_repeat_what_was_said_or_asked(assistant):
    answer = assistant.ask("How many ships called in 2020?")
    suggestions = Suggestions(assistant)
    made = suggestions.after(answer.to_dict(), ["How many ships called in 2020?"])
    assert "When was the harbour of Port Ellery dredged?" in made
    assert not any("ships" in question for question in made)
    again = suggestions.after(answer.to_dict(), made)
    assert not set(again) & set(made)


def test_no_chat_model_is_asked(corpus, embedder):
    model = ScriptedChatModel([])
    with briefwell.Assistant.open(
        documents=corpus.documents, index=corpus.index, embedder=embedder, chat_model=model
    ) as written:
        written.reindex()
        assert Suggestions(written).examples()
    assert model.asked == []


def test_a_persons_question_goes_first(assistant):
    answered = iter([True, True, True, False])
    asked_while_busy = []

    def is_busy() -> bool:
        busy = next(answered, False)
        asked_while_busy.extend(["asked"] if busy and retrieved else [])
        return busy

    retrieved: list[str] = []
    evidence = assistant.evidence

    class Watched:
        def __getattr__(self, name: str) -> object:
            return getattr(assistant, name)

        def evidence(self, question: str) -> briefwell.Answer:
            retrieved.append(question)
            return evidence(question)

    made = Suggestions(Watched(), is_busy=is_busy).examples()  # type: ignore[arg-type]
    assert made
    assert retrieved
    assert asked_while_busy == []
    assert next(answered, None) is None


def test_nothing_is_tried_for_a_page_that_asked_on(assistant):
    answer = assistant.ask("How many ships called in 2020?").to_dict()
    assert Suggestions(assistant).after(answer, [], is_over=lambda: True) == []
