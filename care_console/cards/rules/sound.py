"""How a name sounds, roughly, so that one that was only heard is found."""

import re

SHORTEST = 3  # letters; shorter words sound like too many
TELLING = 3  # consonants, without which the vowels must be in the same places

# In Latin letters, as ``fold`` leaves them; in this order. What English, German and French say
# alike is written alike; it need not be what anybody says.
_SAME = tuple(
    (re.compile(written), heard)
    for written, heard in (
        (r"^(?:kn|gn)", "n"),
        (r"^wr", "r"),
        (r"^(?:ps|x)", "s"),
        (r"^ma?c(?=[^aeiouyhk])", "mk"),
        (r"ch(?=[rlst])", "k"),
        (r"tsch|sch|tch|ch|sh|sz|cz", "s"),
        (r"gh(?=t|$)|ugh(?=[^aeiouy]|$)", ""),
        (r"mps", "ms"),
        (r"x", "ks"),
        (r"ph|v|w(?=[aeiouy])", "f"),
        (r"(?<=[aeiouy])w", ""),
        (r"ck|qu|q|gh?(?![eiyh])|c(?![eiy])", "k"),
        (r"[csz]", "s"),
        (r"g", "j"),
        (r"th|dt|d", "t"),
        (r"b", "p"),
        (r"(?<=.)h", ""),
        (r"e$", ""),
        (r"[aeiouyw]+", "a"),
        (r"(.)\1+", r"\1"),
    )
)


def sound(word: str) -> str:
    """Return a code that is the same for a folded ``word`` and what sounds much like it.

    ``meier``, ``mayer`` and ``mayr`` share one, ``stephen`` and ``steven``, ``leigh`` and ``lee``.
    "" for short words and other alphabets.
    """
    if len(word) < SHORTEST or not word.isascii() or not word.isalpha():
        return ""
    for written, heard in _SAME:
        word = written.sub(heard, word)
    consonants = word.replace("a", "")
    return word[:1] + consonants.removeprefix(word[:1]) if len(consonants) >= TELLING else word
