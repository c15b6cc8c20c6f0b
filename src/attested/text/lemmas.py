"""Dictionary forms of English verbs and nouns by suffix rules and a table of the irregular.

Good enough to look a word up in a lexicon whose entries are known: ``lemmas`` gives every form the word may
come from, and the lexicon keeps those it knows. It is not a morphological analyser.
"""

from __future__ import annotations

from functools import lru_cache

_IRREGULAR = {
    "was": "be", "were": "be", "is": "be", "are": "be", "been": "be", "has": "have", "had": "have",
    "struck": "strike", "stricken": "strike", "shot": "shoot", "fell": "fall", "fallen": "fall",
    "slew": "slay", "slain": "slay", "blew": "blow", "blown": "blow", "fought": "fight", "hit": "hit",
    "overthrew": "overthrow", "overthrown": "overthrow",
    "threw": "throw", "thrown": "throw", "burnt": "burn", "stolen": "steal", "stole": "steal",
    "broke": "break", "broken": "break", "took": "take", "taken": "take", "left": "leave", "died": "die",
    "dying": "die", "set": "set", "went": "go", "gone": "go", "drove": "drive", "driven": "drive",
    "ran": "run", "held": "hold", "lost": "lose", "beaten": "beat", "stabbed": "stab", "hurt": "hurt",
    "found": "find", "said": "say", "told": "tell", "made": "make", "came": "come", "hung": "hang",
    "hanged": "hang", "rose": "rise", "risen": "rise", "seized": "seize", "lain": "lie", "lay": "lie",
    "overran": "overrun", "overrun": "overrun", "withdrew": "withdraw", "withdrawn": "withdraw",
    "men": "man", "women": "woman", "children": "child", "people": "people", "wives": "wife",
    "lives": "life", "knives": "knife", "policemen": "policeman", "gunmen": "gunman", "bodies": "body",
    "servicemen": "serviceman", "militiamen": "militiaman", "fishermen": "fisherman",
    "sent": "send", "brought": "bring", "flew": "fly", "flown": "fly", "gave": "give", "given": "give",
    "met": "meet", "spoke": "speak", "spoken": "speak", "wrote": "write", "written": "write",
}  # fmt: skip
_VOWELS = "aeiou"


@lru_cache(maxsize=50_000)
def lemmas(word: str) -> tuple[str, ...]:
    """Candidate dictionary forms of a word in lower case, the word itself first."""
    word = word.lower().replace("\u2019", "'")
    found = [word]
    if word in _IRREGULAR:
        found.append(_IRREGULAR[word])
    for stem in _stems(word):
        if len(stem) > 1 and stem not in found:
            found.append(stem)
    return tuple(found)


def _stems(word: str) -> list[str]:
    """Forms left when a regular ending is taken off."""
    stems: list[str] = []
    if word.endswith("ies") and len(word) > 4:
        stems.append(word[:-3] + "y")
    if word.endswith("es"):
        stems += [word[:-2], word[:-1]]
    elif word.endswith("s") and not word.endswith("ss"):
        stems.append(word[:-1])
    for ending in ("ed", "ing"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)]
            stems += [stem, stem + "e"]
            if ending == "ed" and word.endswith("ied"):
                stems.append(word[:-3] + "y")
            if stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
                stems.append(stem[:-1])
    return stems
