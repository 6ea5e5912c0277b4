"""One question after another on a desk: kept, stopped, left behind, opened again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import briefwell
from briefwell.errors import ConfigError
from briefwell.web.asking import Desk, Step, history
from briefwell.web.conversations import Conversations
from briefwell.web.filters import Filters, checked
from briefwell.web.limits import Client, Limits
from briefwell.web.views import TurnState
from doubles import ScriptedChatModel

SHIPS = "How many ships called in 2020?"
REINDEXER = Path(__file__).parents[2] / "crash" / "victim.py"
ADA = Client(page="p1", person="ada")


@pytest.fixture
def desk(assistant: briefwell.Assistant, tmp_path) -> Desk:
    return Desk(assistant, conversations=Conversations(tmp_path / "kept"), limits=Limits())


def ask(desk: Desk, question: str, *, conversation: str = "", **more: object) -> Step:
    steps = desk.ask(question, owner="ada", client=ADA, conversation=conversation, **more)
    return list(steps)[-1]


def test_an_answer_is_streamed_and_kept(desk):
    steps = list(desk.ask(SHIPS, owner="ada", client=ADA))
    states = [step.turn.state for step in steps]
    assert states[0] is TurnState.WORKING
    assert states[-1] is TurnState.DONE
    kept = desk.conversations.turns("ada", steps[-1].conversation)
    assert kept[0].answer["text"] == "Some 310 ships called in 2020. [1]"


def test_a_second_question_sees_the_first(desk):
    first = ask(desk, SHIPS)
    second = ask(desk, "Who says that fog may close it?", conversation=first.conversation)
    assert [turn.question for turn in second.before] == [SHIPS]
    turns = history(desk.conversations.turns("ada", first.conversation))
    assert [turn["role"] for turn in turns] == ["user", "assistant"] * 2


def test_a_conversation_of_another_is_not_continued(desk):
    theirs = ask(desk, SHIPS).conversation
    steps = list(desk.ask(SHIPS, owner="bob", client=ADA, conversation=theirs))
    assert steps[-1].conversation != theirs
    assert len(desk.conversations.turns("ada", theirs)) == 1


def test_filters_are_kept_with_the_turn(desk):
    step = ask(desk, SHIPS, filters=Filters(sources=("land/*",)))
    assert step.turn.answer["abstention"] is not None
    assert step.turn.filters == {"sources": ["land/*"]}


def test_an_answer_left_in_the_middle_is_stopped(desk):
    steps = desk.ask(SHIPS, owner="ada", client=ADA)
    conversation = next(steps).conversation
    steps.close()
    assert desk.conversations.turns("ada", conversation)[0].state is TurnState.STOPPED


def test_the_same_page_waits_and_another_page_takes_over(desk):
    steps = desk.ask(SHIPS, owner="ada", client=ADA)
    conversation = next(steps).conversation
    with pytest.raises(ConfigError, match="still being answered") as caught:
        next(desk.ask(SHIPS, owner="ada", client=ADA, conversation=conversation))
    assert "escape" in caught.value.remedy
    other = Client(page="p2", person="ada")
    list(desk.ask(SHIPS, owner="ada", client=other, conversation=conversation))
    states = [turn.state for turn in desk.conversations.turns("ada", conversation)]
    assert states == [TurnState.STOPPED, TurnState.DONE]
    steps.close()


@pytest.mark.parametrize("way", ["stop", "leave"])
def test_nothing_more_is_shown_of_an_answer_that_was_stopped(desk, way):
    steps = desk.ask(SHIPS, owner="ada", client=ADA)
    conversation = next(steps).conversation
    if way == "stop":
        desk.stop("ada", conversation)
    else:
        desk.leave("ada", ADA)
    assert list(steps) == []
    assert desk.conversations.turns("ada", conversation)[0].state is TurnState.STOPPED


def test_a_page_loaded_again_shows_what_was_proven_so_far(desk):
    steps = desk.ask(SHIPS, owner="ada", client=ADA)
    shown = next(step for step in steps if step.turn.answer.get("statements"))
    reopened = desk.reopened("ada", shown.conversation)[0]
    assert reopened.state is not TurnState.WORKING
    assert reopened.answer["statements"] == shown.turn.answer["statements"]
    steps.close()


def test_an_index_that_is_gone_is_words_and_not_an_exception(project, embedder, tmp_path):
    assistant = briefwell.Assistant.open(
        documents=project.documents, index=project.index, embedder=embedder
    )
    desk = Desk(assistant, conversations=Conversations(tmp_path / "kept"), limits=Limits())
    turn = ask(desk, SHIPS).turn
    assert turn.state is TurnState.FAILED
    assert turn.problem
    assert "reindex" in turn.remedy


def test_a_bug_is_words_and_not_an_exception(corpus, embedder, tmp_path, assistant):
    broken = briefwell.Assistant.open(
        documents=corpus.documents,
        index=corpus.index,
        embedder=embedder,
        chat_model=ScriptedChatModel([ZeroDivisionError("inner")]),
    )
    desk = Desk(broken, conversations=Conversations(tmp_path / "kept"), limits=Limits())
    turn = ask(desk, SHIPS).turn
    assert turn.state in (TurnState.FAILED, TurnState.DONE)
    assert "inner" not in turn.problem


def test_reopening_says_what_became_of_the_sources(desk, corpus, assistant):
    conversation = ask(desk, SHIPS).conversation
    assert desk.reopened("ada", conversation)[0].sources_now == {}
    file = corpus.documents / "harbour.md"
    words = file.read_text(encoding="utf-8")
    file.write_text("New first line.\n\n" + words, encoding="utf-8")
    assistant.reindex()
    assert desk.reopened("ada", conversation)[0].sources_now == {1: "moved_words"}
    file.write_text(words.replace("310", "311"), encoding="utf-8")
    assistant.reindex()
    assert desk.reopened("ada", conversation)[0].sources_now == {1: "changed"}
    file.unlink()
    assistant.reindex()
    assert desk.reopened("ada", conversation)[0].sources_now == {1: "removed"}


def test_what_another_process_indexed_is_answered_without_a_restart(desk, corpus, assistant):
    conversation = ask(desk, SHIPS).conversation
    corpus.write("lamp.md", "# Lamp\n\nThe lamp of the lighthouse was lit in 2022.\n")
    (corpus.documents / "harbour.md").unlink()
    command = [sys.executable, REINDEXER, corpus.documents, corpus.index]
    subprocess.run(command, check=True, capture_output=True, timeout=100)
    step = ask(desk, "When was the lamp of the lighthouse lit?", conversation=conversation)
    (line,) = step.turn.answer["statements"]
    assert [cited["source"] for cited in line["citations"]] == ["lamp.md"]
    assert step.turn.answer["notices"] == []
    assert ask(desk, SHIPS).turn.answer["abstention"] is not None
    assert [info.source for info in assistant.sources()] == ["lamp.md", "land/orchard.md"]
    assert desk.reopened("ada", conversation)[0].sources_now == {1: "removed"}


@pytest.mark.parametrize("date", ["2021", "2021-10", "2021-10-08", ""])
def test_dates_that_can_be_read(date):
    assert checked(Filters(since=date)).since == date


@pytest.mark.parametrize("date", ["soon", "21", "2021-1", "2021/10/08", "2021-10-08-09", "2021-"])
def test_dates_that_cannot(date):
    with pytest.raises(ConfigError, match="is not one Briefwell can read") as caught:
        checked(Filters(until=date))
    assert "2021-10-08" in caught.value.remedy
