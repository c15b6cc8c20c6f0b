"""Content-derived ids: the only place where an id is made.

An id is a prefix and ten base-32 characters of a hash of the key fields, so the same content gets the same
id on every machine and in every order of reading (50 bits: one expected clash in forty million rows).
"""

from __future__ import annotations

import hashlib
from base64 import b32encode

_BYTES = 7
_SEPARATOR = "\x1f"


def make_id(prefix: str, *fields: object) -> str:
    """Return ``prefix_xxxxxxxxxx`` for the key fields, in the order given."""
    key = _SEPARATOR.join("" if field is None else str(field) for field in fields)
    digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=_BYTES).digest()
    return f"{prefix}_{b32encode(digest).decode('ascii').lower()[:10]}"
