"""Everything Attested raises on purpose.

AttestedError
├── InputError        what was asked for cannot be read (a path, a date, an id); the message says what to type
├── SetAside          one page cannot be used; the run goes on and the reason is kept
├── LedgerError       the ledger file is not ours, too new, or damaged
│   └── RecordedError a decision is recorded, and yet to be obeyed
└── DataError         a shipped or user-given table breaks its own rules
"""

from __future__ import annotations


class AttestedError(Exception):
    """Root of every error raised on purpose."""


class InputError(AttestedError):
    """What was asked for cannot be read; the message says where and what to type next."""


class SetAside(AttestedError):
    """One page cannot be used. Carries the reason shown by ``attested show set-aside``."""


class LedgerError(AttestedError):
    """The ledger file is not ours, was written by a newer version, or is damaged."""


class RecordedError(LedgerError):
    """A decision was recorded, but the rows that it changes could not be written yet."""


class DataError(AttestedError):
    """A table (shipped or the user's) breaks its own rules: unknown key, missing column, bad value."""
