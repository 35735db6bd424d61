"""Three columns that scroll: the customer, the agent's desktop, the supervisor. Plain text without a terminal."""
import shutil
import sys
import textwrap
import time

COLUMNS = ("CUSTOMER", "AGENT'S DESKTOP", "SUPERVISOR")
SHARES = (27, 47, 26)
NARROWEST, WIDEST = 72, 132
STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36"}
WORDS_A_SECOND = 9


class Screen:
    """Writes to a stream; `fast` does not wait for readers."""

    def __init__(self, fast=False, width=None, stream=sys.stdout):
        self.fast, self.stream = fast, stream
        self.is_terminal = stream.isatty()
        width = min(WIDEST, max(NARROWEST, width or shutil.get_terminal_size((80, 24)).columns)) - 1
        room = width - 6
        self.widths = [room * share // sum(SHARES) for share in SHARES]
        self.widths[1] += room - sum(self.widths)
        self.width = width

    def styled(self, text, style):
        codes = ";".join(STYLES[name] for name in style.split()) if style else ""
        return f"\033[{codes}m{text}\033[0m" if codes and self.is_terminal else text

    def head(self, title):
        self.write(self.styled(title, "bold"))
        self.write("=" * self.width)
        self.write(" | ".join(self.styled(name.ljust(width), "bold") for name, width in zip(COLUMNS, self.widths)))

    def chapter(self, text):
        self.write(self.styled(f"-- {text} ".ljust(self.width, "-"), "dim"))
        self.wait(4)

    def say(self, column, text, style="", mark=""):
        """A wrapped paragraph in one column; its first line begins with `mark`."""
        lines = textwrap.wrap(text, self.widths[column], initial_indent=mark, subsequent_indent=" " * len(mark)) or [""]
        for line in lines:
            cells = [" " * width for width in self.widths]
            cells[column] = self.styled(line.ljust(self.widths[column]), style)
            self.write(" | ".join(cells).rstrip())
        self.wait(len(text.split()))

    def write(self, text):
        print(text, file=self.stream, flush=True)

    def wait(self, words):
        if not self.fast:
            time.sleep(min(4.0, words / WORDS_A_SECOND))
