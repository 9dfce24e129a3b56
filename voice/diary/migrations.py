"""How the diary's file came to its form: one step after the other, each run once. None is ever changed.

Times are unix seconds in UTC, unless their column says that they are the session's clock.
"""

from __future__ import annotations

APPLICATION_ID = 0x65617365
"""Tells our file from any other SQLite file: "ease"."""

MIGRATIONS: tuple[str, ...] = (
    f"""
    PRAGMA application_id = {APPLICATION_ID};
    CREATE TABLE stretch (
      id          INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice: massages keep theirs for ever
      fingerprint TEXT NOT NULL,                      -- of the program's plans and questions
      opening     TEXT NOT NULL,                      -- the state before the first event, JSON
      began_now   REAL NOT NULL,                      -- session's clock
      began_at    REAL NOT NULL,                      -- unix seconds
      alive_now   REAL NOT NULL,                      -- of the last heartbeat, session's clock
      alive_at    REAL NOT NULL                       -- unix seconds
    );
    CREATE TABLE event (
      stretch     INTEGER NOT NULL REFERENCES stretch ON DELETE CASCADE,
      ordinal     INTEGER NOT NULL,
      now         REAL NOT NULL,                      -- session's clock
      at          REAL NOT NULL,                      -- unix seconds
      content     TEXT NOT NULL,                      -- JSON
      PRIMARY KEY (stretch, ordinal)
    ) WITHOUT ROWID;
    CREATE TABLE person (
      number         INTEGER PRIMARY KEY CHECK (number > 0),
      name           TEXT NOT NULL DEFAULT '',
      gentle         INTEGER NOT NULL DEFAULT 0,
      no_points      INTEGER NOT NULL DEFAULT 0,
      screened_until REAL,                            -- unix seconds; null: ask
      ease           INTEGER NOT NULL DEFAULT 0
    );
    CREATE TABLE tender (
      person      INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
      ordinal     INTEGER NOT NULL,
      region      TEXT NOT NULL,
      level       INTEGER NOT NULL,
      PRIMARY KEY (person, ordinal)
    ) WITHOUT ROWID;
    CREATE TABLE massage (
      id          INTEGER PRIMARY KEY,
      stretch     INTEGER NOT NULL,                   -- outlives the stretch itself
      ordinal     INTEGER NOT NULL,                   -- within its stretch
      person      INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
      routine_id  TEXT NOT NULL,
      title       TEXT NOT NULL,
      began       REAL NOT NULL,                      -- unix seconds
      ended       REAL,                               -- unix seconds; null: never
      finished    INTEGER NOT NULL,
      worked      REAL NOT NULL,                      -- seconds
      planned     REAL NOT NULL,                      -- seconds
      before      INTEGER CHECK (before BETWEEN 0 AND 10),
      after       INTEGER CHECK (after BETWEEN 0 AND 10),
      UNIQUE (stretch, ordinal)
    );
    CREATE INDEX massage_of_person ON massage (person, began);
    CREATE TABLE pain (
      massage     INTEGER NOT NULL REFERENCES massage ON DELETE CASCADE,
      ordinal     INTEGER NOT NULL,
      at          REAL NOT NULL,                      -- unix seconds
      kind        TEXT NOT NULL,
      step_id     TEXT NOT NULL,
      step        TEXT NOT NULL,
      side        TEXT,
      regions     TEXT NOT NULL,                      -- a list, JSON
      PRIMARY KEY (massage, ordinal)
    ) WITHOUT ROWID;
    """,
)
"""The first makes version 1."""
