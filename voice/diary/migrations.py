"""How the diary's file came to its form: one step after the other, each run once. None is ever changed.

SQLite itself lets anything stand in any column; the checks of types find what was damaged without breaking a
page. Times are unix seconds in UTC, unless their column says that they are the session's clock.
"""

from __future__ import annotations

APPLICATION_ID = 0x65617365
"""Tells our file from any other SQLite file: "ease"."""

MIGRATIONS: tuple[str, ...] = (
    f"""
    PRAGMA application_id = {APPLICATION_ID};
    CREATE TABLE stretch (
      id          INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice: massages keep theirs for ever
      fingerprint TEXT NOT NULL CHECK (typeof(fingerprint) = 'text'),  -- of the program's plans and questions
      opening     TEXT NOT NULL CHECK (typeof(opening) = 'text'),  -- the state before the first event, JSON
      began_now   REAL NOT NULL CHECK (typeof(began_now) = 'real'),  -- session's clock
      began_at    REAL NOT NULL CHECK (typeof(began_at) = 'real'),  -- unix seconds
      alive_now   REAL NOT NULL CHECK (typeof(alive_now) = 'real'),  -- of the last heartbeat, session's clock
      alive_at    REAL NOT NULL CHECK (typeof(alive_at) = 'real')  -- unix seconds
    );
    CREATE TABLE event (
      stretch     INTEGER NOT NULL REFERENCES stretch ON DELETE CASCADE CHECK (typeof(stretch) = 'integer'),
      ordinal     INTEGER NOT NULL CHECK (typeof(ordinal) = 'integer'),
      now         REAL NOT NULL CHECK (typeof(now) = 'real'),  -- session's clock
      at          REAL NOT NULL CHECK (typeof(at) = 'real'),  -- unix seconds
      content     TEXT NOT NULL CHECK (typeof(content) = 'text'),  -- JSON
      PRIMARY KEY (stretch, ordinal)
    ) WITHOUT ROWID;
    CREATE TABLE person (
      number         INTEGER PRIMARY KEY CHECK (number > 0),
      name           TEXT NOT NULL DEFAULT '' CHECK (typeof(name) = 'text'),
      gentle         INTEGER NOT NULL DEFAULT 0 CHECK (typeof(gentle) = 'integer'),
      no_points      INTEGER NOT NULL DEFAULT 0 CHECK (typeof(no_points) = 'integer'),
      screened_until REAL CHECK (typeof(screened_until) IN ('real', 'null')),  -- unix seconds; null: ask
      ease           INTEGER NOT NULL DEFAULT 0 CHECK (typeof(ease) = 'integer')
    );
    CREATE TABLE tender (
      person      INTEGER NOT NULL REFERENCES person ON DELETE CASCADE CHECK (typeof(person) = 'integer'),
      ordinal     INTEGER NOT NULL CHECK (typeof(ordinal) = 'integer'),
      region      TEXT NOT NULL CHECK (typeof(region) = 'text'),
      level       INTEGER NOT NULL CHECK (typeof(level) = 'integer'),
      PRIMARY KEY (person, ordinal)
    ) WITHOUT ROWID;
    CREATE TABLE massage (
      id          INTEGER PRIMARY KEY,
      stretch     INTEGER NOT NULL CHECK (typeof(stretch) = 'integer'),  -- outlives the stretch itself
      ordinal     INTEGER NOT NULL CHECK (typeof(ordinal) = 'integer'),  -- within its stretch
      person      INTEGER NOT NULL REFERENCES person ON DELETE CASCADE CHECK (typeof(person) = 'integer'),
      routine_id  TEXT NOT NULL CHECK (typeof(routine_id) = 'text'),
      title       TEXT NOT NULL CHECK (typeof(title) = 'text'),
      began       REAL NOT NULL CHECK (typeof(began) = 'real'),  -- unix seconds
      ended       REAL CHECK (typeof(ended) IN ('real', 'null')),  -- unix seconds; null: never
      finished    INTEGER NOT NULL CHECK (typeof(finished) = 'integer'),
      worked      REAL NOT NULL CHECK (typeof(worked) = 'real'),  -- seconds
      planned     REAL NOT NULL CHECK (typeof(planned) = 'real'),  -- seconds
      before      INTEGER CHECK (typeof(before) IN ('integer', 'null') AND before BETWEEN 0 AND 10),
      after       INTEGER CHECK (typeof(after) IN ('integer', 'null') AND after BETWEEN 0 AND 10),
      UNIQUE (stretch, ordinal)
    );
    CREATE INDEX massage_of_person ON massage (person, began);
    CREATE TABLE pain (
      massage     INTEGER NOT NULL REFERENCES massage ON DELETE CASCADE CHECK (typeof(massage) = 'integer'),
      ordinal     INTEGER NOT NULL CHECK (typeof(ordinal) = 'integer'),
      at          REAL NOT NULL CHECK (typeof(at) = 'real'),  -- unix seconds
      kind        TEXT NOT NULL CHECK (typeof(kind) = 'text'),
      step_id     TEXT NOT NULL CHECK (typeof(step_id) = 'text'),
      step        TEXT NOT NULL CHECK (typeof(step) = 'text'),
      side        TEXT CHECK (typeof(side) IN ('text', 'null')),
      regions     TEXT NOT NULL CHECK (typeof(regions) = 'text'),  -- a list, JSON
      PRIMARY KEY (massage, ordinal)
    ) WITHOUT ROWID;
    """,
)
"""The first makes version 1."""
