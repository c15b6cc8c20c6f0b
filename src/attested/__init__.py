"""Attested: from a pile of news reports to the ledger a careful analyst would write.

``build_ledger`` and the rest are imported when first used, so that ``attested --help`` answers at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from attested.ledger.store import Ledger
    from attested.pipeline import build_ledger
    from attested.settings import Settings

__version__ = "0.1.0"
__all__ = ["Ledger", "Settings", "__version__", "build_ledger"]

_HOMES = {
    "Ledger": "attested.ledger.store",
    "Settings": "attested.settings",
    "build_ledger": "attested.pipeline",
}


def __getattr__(name: str) -> Any:
    """A public name, imported on first use. Raises AttributeError for any other."""
    if name not in _HOMES:
        raise AttributeError(f"module 'attested' has no attribute {name!r}; it has: {', '.join(__all__)}")
    return getattr(import_module(_HOMES[name]), name)
