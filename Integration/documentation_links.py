"""Checks that links between double backticks in doc comments name something that is declared.

    python3 Integration/documentation_links.py

Scopes are not resolved: each part of a link must be declared somewhere in the sources, a function with the same argument
labels. Prints the links that lead nowhere, and exits 1 if there are any.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LINK = re.compile(r"``([^`\n]+)``")
TYPES = re.compile(r"\b(?:class|struct|enum|protocol|actor|typealias|associatedtype|var|let)\s+`?(\w+)`?")
TUPLES = re.compile(r"\b(?:let|var)\s*\(([^)=]*)\)")
FUNCTIONS = re.compile(r"\b(?:func\s+`?(\w+)`?|(init)[?!]?|(subscript))\s*(?:<[^(]*>)?\s*(?=\()")
CASES = re.compile(r"^\s*(?:indirect )?case\s+([^:\n]*)$", re.M)
CASES_WITH_VALUES = re.compile(r"^\s*(?:indirect )?case\s+`?(\w+)`?(?=\()", re.M)


def parameters(text):
    """The parameters of the list in parentheses with which the text begins."""
    depth, found = 0, [""]
    for character in text[:4_000].replace("->", ""):
        if character in ")]}>":
            depth -= 1
        if depth == 0 and character == ")":
            break
        if depth == 1 and character == ",":
            found.append("")
        elif depth > 0:
            found[-1] += character
        if character in "([{<":
            depth += 1
    return [parameter for parameter in found if parameter.strip()]


def label(parameter, kind):
    words = [word for word in parameter.split(":")[0].split() if not word.startswith("@")]
    if kind == "subscript" and len(words) < 2:
        return "_:"
    if kind == "case":
        return f"{words[0]}:" if ":" in parameter and words else "_:"
    return f"{words[0].strip('`')}:" if words else "_:"


def declarations(sources):
    names, signatures = set(), set()
    for source in sources:
        code = "\n".join(line for line in source.split("\n") if not line.lstrip().startswith("//"))
        names.update(TYPES.findall(code))
        for group in TUPLES.findall(code):
            names.update(name.strip() for name in group.split(","))
        for cases in CASES.findall(code):
            names.update(re.findall(r"(?:^|,\s*)`?(\w+)`?", cases))
        for match in FUNCTIONS.finditer(code):
            name = match[1] or match[2] or match[3]
            names.add(name)
            found = parameters(code[match.end():match.end() + 4_000])
            signatures.add(f"{name}({''.join(label(one, 'subscript' if match[3] else 'function') for one in found)})")
        for match in CASES_WITH_VALUES.finditer(code):
            names.add(match[1])
            found = parameters(code[match.end():match.end() + 4_000])
            signatures.add(f"{match[1]}({''.join(label(one, 'case') for one in found)})")
    return names, signatures


def main():
    files = sorted((ROOT / "Sources").rglob("*.swift"))
    texts = [file.read_text(encoding="utf-8") for file in files]
    names, signatures = declarations(texts)
    names.update(folder.name for folder in (ROOT / "Sources").iterdir())
    count, faults = 0, 0
    for file, text in zip(files, texts):
        for line, content in enumerate(text.split("\n"), 1):
            for link in LINK.findall(content):
                count += 1
                for part in re.sub(r"-swift\.\w+|-(?:\(.*|[a-z0-9]{4,6})$", "", link).split("/"):
                    if part not in (signatures if "(" in part else names):
                        faults += 1
                        print(f"{file.relative_to(ROOT)}:{line}: ``{link}``: nothing called {part} is declared")
    if count < 500:
        sys.exit(f"only {count} links were found: the check is at fault")
    if faults:
        sys.exit(1)


if __name__ == "__main__":
    main()
