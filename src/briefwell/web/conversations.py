"""Conversations, ratings and notes, kept in one SQLite file in the state folder."""

from __future__ import annotations

import json
import secrets
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from briefwell.web.views import TurnState

FILE = "conversations.sqlite"
LONGEST_TITLE = 120
LONGEST_NOTE = 2_000
MOST_LISTED = 200

_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversation (
  id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL, updated REAL NOT NULL);
CREATE TABLE IF NOT EXISTS turn (
  conversation TEXT NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
  number INTEGER NOT NULL, question TEXT NOT NULL, filters TEXT NOT NULL DEFAULT '{}',
  answer TEXT NOT NULL DEFAULT '{}', state TEXT NOT NULL, problem TEXT NOT NULL DEFAULT '',
  remedy TEXT NOT NULL DEFAULT '', rating TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '',
  asked REAL NOT NULL, PRIMARY KEY (conversation, number));
CREATE INDEX IF NOT EXISTS conversation_owner ON conversation(owner, updated);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedTurn:
    """One kept turn.

    Attributes:
        number: Place in the conversation, from 1.
        filters: What the search was restricted to: `sources`, `since`, `until`.
        answer: `Answer.to_dict()`; empty when there is none.
        rating: `up`, `down` or empty.
        note: What the reader wrote about the answer.
        asked: Seconds since 1970.
    """

    number: int
    question: str
    filters: Mapping[str, Any] = field(default_factory=dict)
    answer: Mapping[str, Any] = field(default_factory=dict)
    state: TurnState
    problem: str = ""
    remedy: str = ""
    rating: str = ""
    note: str = ""
    asked: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One line of the list of conversations; `updated` is in seconds since 1970."""

    id: str
    title: str
    updated: float
    turns: int


class Conversations:
    """The kept conversations. Every call names the owner, who sees nobody else's.

    Attributes:
        path: The database.
        trouble: Why nothing is kept after this run; empty when all is well.
    """

    def __init__(self, state: Path) -> None:
        self.trouble = ""
        self.path = state / FILE
        try:
            state.mkdir(parents=True, exist_ok=True)
            self._create()
        except (OSError, sqlite3.Error) as error:
            self.trouble = (
                f"Conversations are not kept after this run: {str(self.path)!r} cannot be "
                f"written ({error}). Make the folder writable, or set `state` to another one."
            )
            self._folder = tempfile.TemporaryDirectory(prefix="briefwell-")
            self.path = Path(self._folder.name) / FILE
            self._create()

    def _create(self) -> None:
        with self._connected() as database:
            database.execute("PRAGMA journal_mode=WAL")
            database.executescript(_SCHEMA)
        self.path.chmod(0o600)
        # While one connection stays open, closing another does not write the log back into the
        # database; that took 20 ms of each question.
        self._held = sqlite3.connect(self.path, check_same_thread=False)
        self._held.execute("SELECT 1 FROM conversation").fetchall()

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        database = sqlite3.connect(self.path, timeout=10)
        database.row_factory = sqlite3.Row
        database.execute("PRAGMA foreign_keys=ON")
        # With a log, this may lose the last turns when the power fails, and never the rest.
        database.execute("PRAGMA synchronous=NORMAL")
        database.execute("PRAGMA secure_delete=ON")
        try:
            with database:
                yield database
        finally:
            database.close()

    def start(self, owner: str, *, title: str) -> str:
        """Begin a conversation and return its id."""
        made = secrets.token_urlsafe(12)
        with self._connected() as database:
            database.execute(
                "INSERT INTO conversation VALUES (?, ?, ?, ?)",
                (made, owner, _one_line(title), time.time()),
            )
        return made

    def is_known(self, owner: str, conversation: str) -> bool:
        """Tell whether the owner has a conversation with this id."""
        with self._connected() as database:
            return _is_owned(database, owner, conversation)

    def listed(self, owner: str, *, search: str = "") -> list[Summary]:
        """Return the owner's conversations, the latest first.

        Args:
            owner: Whose.
            search: Words that title, a question or an answer must contain.
        """
        like = "%" + search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        with self._connected() as database:
            rows = database.execute(
                "SELECT id, title, updated, "
                "(SELECT count(*) FROM turn WHERE conversation = c.id) AS turns "
                "FROM conversation c WHERE owner = ? AND (title LIKE ? ESCAPE '\\' OR EXISTS ("
                "SELECT 1 FROM turn t WHERE t.conversation = c.id AND (t.question LIKE ? "
                "ESCAPE '\\' OR json_extract(t.answer, '$.text') LIKE ? ESCAPE '\\'))) "
                "ORDER BY updated DESC LIMIT ?",
                (owner, like, like, like, MOST_LISTED),
            ).fetchall()
        return [Summary(**dict(row)) for row in rows]

    def turns(self, owner: str, conversation: str) -> list[SavedTurn]:
        """Return the turns in order; nothing when the conversation is not the owner's."""
        with self._connected() as database:
            if not _is_owned(database, owner, conversation):
                return []
            rows = database.execute(
                "SELECT * FROM turn WHERE conversation = ? ORDER BY number", (conversation,)
            ).fetchall()
        return [_turn(row) for row in rows]

    def begin(
        self,
        owner: str,
        conversation: str,
        *,
        question: str,
        filters: Mapping[str, Any],
        number: int,
    ) -> SavedTurn:
        """Add a turn that is being answered; turns from `number` on give way to it."""
        turn = SavedTurn(
            number=number,
            question=question,
            filters=filters,
            state=TurnState.WORKING,
            asked=time.time(),
        )
        with self._connected() as database:
            if not _is_owned(database, owner, conversation):
                return turn
            database.execute(
                "DELETE FROM turn WHERE conversation = ? AND number >= ?", (conversation, number)
            )
            database.execute(
                "INSERT INTO turn (conversation, number, question, filters, state, asked) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (conversation, number, question, json.dumps(filters), turn.state, turn.asked),
            )
            database.execute(
                "UPDATE conversation SET updated = ? WHERE id = ?", (turn.asked, conversation)
            )
        return turn

    def finish(self, owner: str, conversation: str, turn: SavedTurn) -> None:
        """Keep the outcome of a turn that was being answered; a stopped turn stays stopped."""
        with self._connected() as database:
            if not _is_owned(database, owner, conversation):
                return
            database.execute(
                "UPDATE turn SET answer = ?, state = ?, problem = ?, remedy = ? "
                "WHERE conversation = ? AND number = ? AND asked = ? AND state = 'working'",
                (
                    json.dumps(turn.answer),
                    turn.state,
                    turn.problem,
                    turn.remedy,
                    conversation,
                    turn.number,
                    turn.asked,
                ),
            )

    def rate(
        self, owner: str, conversation: str, *, number: int, rating: str, note: str = ""
    ) -> None:
        """Keep what the reader thinks of an answer: `up`, `down` or nothing, and a note."""
        kept = rating if rating in ("up", "down") else ""
        self._change(
            owner,
            conversation,
            "UPDATE turn SET rating = ?2, note = ?3 WHERE conversation = ?1 AND number = ?4",
            (kept, note[:LONGEST_NOTE], number),
        )

    def rename(self, owner: str, conversation: str, *, title: str) -> None:
        """Give a conversation another title; an empty one changes nothing."""
        if _one_line(title):
            self._change(
                owner,
                conversation,
                "UPDATE conversation SET title = ?2 WHERE id = ?1",
                (_one_line(title),),
            )

    def delete(self, owner: str, conversation: str) -> None:
        """Remove a conversation for good."""
        self._change(owner, conversation, "DELETE FROM conversation WHERE id = ?", ())
        with self._connected() as database:
            # What was deleted may still stand in the log.
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _change(
        self, owner: str, conversation: str, statement: str, values: Sequence[object]
    ) -> None:
        with self._connected() as database:
            if _is_owned(database, owner, conversation):
                database.execute(statement, (conversation, *values))


def _one_line(title: str) -> str:
    words = " ".join(title.split())
    return words if len(words) <= LONGEST_TITLE else words[: LONGEST_TITLE - 1] + "…"


def _is_owned(database: sqlite3.Connection, owner: str, conversation: str) -> bool:
    row = database.execute(
        "SELECT 1 FROM conversation WHERE id = ? AND owner = ?", (conversation, owner)
    ).fetchone()
    return row is not None


def _turn(row: sqlite3.Row) -> SavedTurn:
    return SavedTurn(
        number=row["number"],
        question=row["question"],
        filters=json.loads(row["filters"]),
        answer=json.loads(row["answer"]),
        state=TurnState(row["state"]),
        problem=row["problem"],
        remedy=row["remedy"],
        rating=row["rating"],
        note=row["note"],
        asked=row["asked"],
    )
