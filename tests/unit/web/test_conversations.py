"""Conversations in SQLite: each owner sees their own, and what is deleted is gone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from briefwell.web.conversations import FILE, Conversations
from briefwell.web.views import TurnState

ANSWER = {"text": "Ships called at Ellery. [1]", "statements": []}


@pytest.fixture
def kept(tmp_path: Path) -> Conversations:
    return Conversations(tmp_path / "state")


def add(kept: Conversations, owner: str, question: str, *, conversation: str = "") -> str:
    made = conversation or kept.start(owner, title=question)
    number = len(kept.turns(owner, made)) + 1
    turn = kept.begin(owner, made, question=question, filters={}, number=number)
    kept.finish(owner, made, replace(turn, answer=ANSWER, state=TurnState.DONE))
    return made


def test_turns_come_back_in_order(kept):
    made = add(kept, "ada", "first?")
    add(kept, "ada", "second?", conversation=made)
    turns = kept.turns("ada", made)
    assert [(turn.number, turn.question) for turn in turns] == [(1, "first?"), (2, "second?")]
    assert turns[0].answer == ANSWER
    assert turns[0].state is TurnState.DONE


def test_it_is_still_there_for_the_next_run(kept, tmp_path):
    made = add(kept, "ada", "first?")
    assert Conversations(tmp_path / "state").turns("ada", made)[0].question == "first?"


def test_nobody_sees_or_changes_what_is_not_theirs(kept):
    made = add(kept, "ada", "secret?")
    assert kept.turns("bob", made) == []
    assert kept.listed("bob") == []
    assert not kept.is_known("bob", made)
    kept.rename("bob", made, title="mine")
    kept.rate("bob", made, number=1, rating="down")
    kept.delete("bob", made)
    kept.begin("bob", made, question="x", filters={}, number=1)
    assert [item.title for item in kept.listed("ada")] == ["secret?"]
    assert kept.turns("ada", made)[0].rating == ""
    assert kept.turns("ada", made)[0].question == "secret?"


def test_search_looks_into_titles_questions_and_answers(kept):
    add(kept, "ada", "What of the frost?")
    add(kept, "ada", "Which harbour?")
    assert [item.title for item in kept.listed("ada", search="frost")] == ["What of the frost?"]
    assert len(kept.listed("ada", search="ellery")) == 2
    assert kept.listed("ada", search="100%") == []
    assert kept.listed("ada", search="_") == []


def test_renamed(kept):
    made = add(kept, "ada", "old?")
    kept.rename("ada", made, title="  A new\nname ")
    assert kept.listed("ada")[0].title == "A new name"
    kept.rename("ada", made, title="   ")
    assert kept.listed("ada")[0].title == "A new name"


def test_deleted_words_are_gone_from_the_file(kept, tmp_path):
    made = add(kept, "ada", "Where is the zanzibarite?")
    kept.delete("ada", made)
    assert kept.listed("ada") == []
    assert kept.turns("ada", made) == []
    files = list((tmp_path / "state").iterdir())
    assert any(file.name == FILE for file in files)
    assert not any(b"zanzibarite" in file.read_bytes() for file in files)


def test_rating_and_note(kept):
    made = add(kept, "ada", "first?")
    kept.rate("ada", made, number=1, rating="down", note="wrong year")
    assert (kept.turns("ada", made)[0].rating, kept.turns("ada", made)[0].note) == (
        "down",
        "wrong year",
    )
    kept.rate("ada", made, number=1, rating="anything else")
    assert kept.turns("ada", made)[0].rating == ""


def test_a_resent_question_takes_the_place_of_the_later_turns(kept):
    made = add(kept, "ada", "one?")
    add(kept, "ada", "two?", conversation=made)
    add(kept, "ada", "three?", conversation=made)
    kept.begin("ada", made, question="two again?", filters={"since": "2021"}, number=2)
    turns = kept.turns("ada", made)
    assert [turn.question for turn in turns] == ["one?", "two again?"]
    assert turns[1].filters == {"since": "2021"}


def test_a_stopped_turn_stays_stopped(kept):
    made = kept.start("ada", title="t")
    turn = kept.begin("ada", made, question="q?", filters={}, number=1)
    kept.finish("ada", made, replace(turn, state=TurnState.STOPPED))
    kept.finish("ada", made, replace(turn, state=TurnState.DONE, answer=ANSWER))
    assert kept.turns("ada", made)[0].state is TurnState.STOPPED


def test_the_file_is_for_its_user_alone(kept, tmp_path):
    assert (tmp_path / "state" / FILE).stat().st_mode & 0o077 == 0


def test_a_state_folder_that_cannot_be_made_is_told_and_the_page_still_works(tmp_path):
    (tmp_path / "state").write_text("a file is in the way", encoding="utf-8")
    kept = Conversations(tmp_path / "state")
    assert "not kept after this run" in kept.trouble
    assert "Make the folder writable" in kept.trouble
    assert kept.turns("ada", add(kept, "ada", "first?"))[0].question == "first?"
