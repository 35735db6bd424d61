"""Writes Sources/SentenceEncoder/Tokenizer/CharacterTables.swift from what the reference tokenizer does with each character.

usage: character_tables.py        (pip install tokenizers)

The reference, Hugging Face's `tokenizers`, mixes Unicode versions: its categories are older than its lower casing. So its
answers for every code point are the specification, and no other table gives the same tokens.
"""
import pathlib
import unicodedata

import tokenizers
from tokenizers.normalizers import NFD, BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer


def normalizer(**which):
    settings = dict(clean_text=False, handle_chinese_chars=False, strip_accents=False, lowercase=False)
    return BertNormalizer(**(settings | which)).normalize_str


clean, spaced = normalizer(clean_text=True), normalizer(handle_chinese_chars=True)
stripped, lowered, decomposed = normalizer(strip_accents=True), normalizer(lowercase=True), NFD().normalize_str
pieces = BertPreTokenizer().pre_tokenize_str


def is_combining(character):
    """Whether canonical ordering moves it: over an overlay (class 1), or an iota below (class 240) over it."""
    after, before = character + "\u0334", "\u0345" + character
    return decomposed("a" + after) != "a" + after or decomposed("a" + before) != "a" + before


removed, blanks, spaces, punctuation, ideographs, unmarked, combining = [], [], [], [], [], [], []
decompositions, lower, classes = {}, {}, {}
for code in range(0x110000):
    if 0xD800 <= code < 0xE000:
        continue
    character = chr(code)
    if clean(character) == "":
        removed.append(code)
    elif clean(character) != character:
        assert clean(character) == " "
        blanks.append(code)
    if spaced(character) != character:
        assert spaced(character) == f" {character} "
        ideographs.append(code)
    words = [word for word, _ in pieces(f"a{character}a")]
    if words == ["a", "a"]:
        spaces.append(code)
    elif words == ["a", character, "a"]:
        punctuation.append(code)
    if lowered(character) != character:
        lower[code] = lowered(character)
    is_whole = decomposed(character) == character
    if is_whole and is_combining(character):
        combining.append(code)
    result = stripped(character)
    if result == "":
        # Those that are a sequence of marks (U+0344) consist of combining ones.
        if not is_whole:
            combining.append(code)
        unmarked.append(code)
    elif result != character and not 0xAC00 <= code <= 0xD7A3:
        decompositions[code] = result
    if result == character and code in combining[-1:]:
        classes[code] = unicodedata.combining(character)
        assert classes[code] > 0


def ranges(codes):
    joined = []
    for code in codes:
        if joined and joined[-1][1] == code - 1:
            joined[-1][1] = code
        else:
            joined.append([code, code])
    return [f"{first:x}" if first == last else f"{first:x}-{last:x}" for first, last in joined]


def mapping(table):
    return [f"{code:x}:" + "+".join(f"{ord(c):x}" for c in text) for code, text in table.items()]


def runs(table):
    """first-last:distance for neighbours, first-last/2:distance for every second one."""
    entries, singles = [], {}
    for code, text in sorted(table.items()):
        if len(text) > 1:
            singles[code] = text
            continue
        distance = ord(text) - code
        if entries and entries[-1][3] == distance and entries[-1][2] in (0, code - entries[-1][1]) and code - entries[-1][1] in (1, 2):
            entries[-1][2], entries[-1][1] = code - entries[-1][1], code
        else:
            entries.append([code, code, 0, distance])
    return [
        f"{first:x}-{last:x}/{step or 1}:{'-' if distance < 0 else ''}{abs(distance):x}"
        for first, last, step, distance in entries
    ] + mapping(singles)


def wrapped(items):
    lines, line = [], ""
    for item in items:
        if len(line) + len(item) + 9 > 119:
            lines.append(line)
            line = ""
        line += (" " if line else "") + item
    return "\n".join(f"        {line}" for line in lines + [line])


out = pathlib.Path(__file__).parents[2] / "Sources/SentenceEncoder/Tokenizer"


def table(name, about, items):
    return f'    /// {about}\n    static let {name} = """\n{wrapped(items)}\n        """\n'


header = f"""// Written by Integration/encoder/character_tables.py from tokenizers {tokenizers.__version__}; do not edit.

"""
(out / "CharacterTables.swift").write_text(
    header
    + "/// What the reference tokenizer does with each character: code points in hexadecimal.\nenum CharacterTables {\n"
    + "\n".join([
        table("removed", "What cleaning removes.", ranges(removed)),
        table("blanks", "What cleaning replaces by a space.", ranges(blanks)),
        table("spaces", "What separates words.", ranges(spaces)),
        table("ideographs", "What is surrounded by spaces.", ranges(ideographs)),
        table("punctuation", "What is a word of its own.", ranges(punctuation)),
        table("marks", "What stripping accents removes.", ranges(unmarked)),
        table("combining", "What canonical ordering moves, decomposed or not.", ranges(combining)),
        table("classes", "Canonical combining classes of those that stripping accents keeps.",
              [f"{code:x}:{value:x}" for code, value in classes.items()]),
        table("lowerCase", "Lower case: first-last/step:distance, or character:sequence.", runs(lower)),
    ])
    + "}\n")
(out / "CharacterTables+Decomposition.swift").write_text(
    header + "extension CharacterTables {\n"
    + table("decompositions", "What stripping accents leaves of a character, without Hangul syllables.", mapping(decompositions))
    + "}\n")
