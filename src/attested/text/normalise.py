"""One folding of words for comparison: never for display, never for offsets (its length may differ)."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"\s+")

# Quote and dash variants to their ASCII form; letters that Unicode does not decompose to the usual one;
# invisible characters to nothing. Half-rings are how Arabic ain and hamza are romanised.
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´ʹʻʼʽʾʿˈꞌ＇", "'"),
        **dict.fromkeys("“”„‟″«»＂", '"'),
        **dict.fromkeys("‐‑‒–—―−﹘﹣－⁃", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", ""),
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ħ": "h",
        "ə": "a",
        "ŋ": "n",
    }
)


def fold(text: str) -> str:
    """Return the text in lower case, without accents, with plain quotes, dashes and single spaces.

    Letters of every script are kept; two spellings that a reader would take for the same word fold to the
    same string ("Qāsem" and "qasem", ‘can’t’ and 'can't').
    """
    folded = text.casefold()
    if not folded.isascii():
        folded = folded.translate(_PLAIN)
        decomposed = unicodedata.normalize("NFKD", folded)
        folded = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_PLAIN).casefold()
    else:
        folded = folded.replace("`", "'")
    return _SPACES.sub(" ", folded).strip()
