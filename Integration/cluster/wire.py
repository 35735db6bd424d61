"""The messages between a node and the database, for faults that concern some of them only.

Source: "Frontend/Backend Protocol" of PostgreSQL's documentation, version 3. The connections are in clear and begin with the
start-up message, so the addresses of nodes say `sslmode=disable gssencmode=disable`.
"""
import re
import struct
import time

# The channel on which nodes tell each other that they have committed.
CHANNEL = b"frontline_commits"
NOTICE, KEY, ROW = b"A", b"K", b"D"
PARSE, QUERY = b"P", b"Q"
HEAD = struct.Struct("!I")


class Messages:
    """Cuts a stream of bytes into messages; those of a client begin with one that has no kind."""

    def __init__(self, is_client):
        self.rest = bytearray()
        self.is_first = is_client

    def take(self, data):
        """The messages that are complete now, as (kind, bytes)."""
        self.rest += data
        found, start = [], 0
        while True:
            kind = 0 if self.is_first else 1
            if len(self.rest) < start + kind + 4:
                break
            end = start + kind + HEAD.unpack_from(self.rest, start + kind)[0]
            if len(self.rest) < end:
                break
            found.append((bytes(self.rest[start:start + kind]), bytes(self.rest[start:end])))
            self.is_first, start = False, end
        del self.rest[:start]
        return found


class Statements:
    """Replaces parts of the statements that a node sends.

    - Parameter replacements: pairs of texts; the white space of a statement is taken for single spaces.
    """

    def __init__(self, replacements):
        self.replacements = [(old.encode(), new.encode()) for old, new in replacements]

    def passed(self, kind, message):
        if kind not in (PARSE, QUERY):
            return message
        body = message[5:]
        if kind == PARSE:
            name, _, body = body.partition(b"\0")
            name += b"\0"
        else:
            name = b""
        text, _, rest = body.partition(b"\0")
        plain = b" ".join(text.split())
        for old, new in self.replacements:
            plain = plain.replace(old, new)
        if plain == b" ".join(text.split()):
            return message
        changed = name + plain + b"\0" + rest
        return kind + HEAD.pack(len(changed) + 4) + changed


class Deafness:
    """Loses notices of other nodes while it is on."""

    def __init__(self):
        self.is_on = False

    def passed(self, kind, message):
        return b"" if self.is_on and kind == NOTICE else message


class TrustInNotices:
    """What a node would be that hears of others' commits by notices only: what it reads in between is as before.

    It concerns all connections of a node. The one that listens looks for the number of the last commit, an answer with one
    column of eight bytes: it is told again what it was told after the last notice. All may read events of alerts, answers whose
    columns are a number, a word and the rest: they come for a while after a notice, long enough for one look at all events, and
    not otherwise.
    """

    LOOK = struct.Struct("!HIQ")
    EVENT = re.compile(rb"\x00\x03\x00\x00\x00\x08.{8}\x00\x00\x00.(?:raised|updated|acknowledged|resolved|escalated|snoozed|expired)\x00", re.DOTALL)
    # In seconds; a node looks at events every 200 ms without notices too.
    WHILE = 0.3

    def __init__(self, now=time.monotonic):
        self.now, self.told, self.last = now, float("-inf"), None

    def heard(self, is_own):
        """A notice has come, of another node or of this one."""
        self.told = self.now()
        if not is_own:
            self.last = None

    def passed(self, kind, message, listens):
        if kind != ROW:
            return message
        if listens and len(message) == 5 + self.LOOK.size:
            count, length, value = self.LOOK.unpack_from(message, 5)
            if (count, length) == (1, 8):
                self.last = value if self.last is None else self.last
                return message[:5] + self.LOOK.pack(count, length, self.last)
        is_event = self.EVENT.match(message, 5) is not None
        return b"" if is_event and self.now() > self.told + self.WHILE else message


class Conversation:
    """Both directions of one connection, with what is done to its messages."""

    def __init__(self, deafness, replacements=(), trust=None):
        self.client, self.server = Messages(True), Messages(False)
        self.statements = Statements(replacements) if replacements else None
        self.deafness, self.trust = deafness, trust
        self.listens, self.own = False, None

    def to_server(self, data):
        passed = []
        for kind, message in self.client.take(data):
            if kind in (PARSE, QUERY) and b"LISTEN " + CHANNEL in message:
                self.listens = True
            passed.append(self.statements.passed(kind, message) if self.statements else message)
        return b"".join(passed)

    def to_client(self, data):
        passed = []
        for kind, message in self.server.take(data):
            # First of all: a notice that a node does not get changes nothing there.
            message = self.deafness.passed(kind, message)
            if kind == KEY:
                self.own = message[5:9]
            if self.trust and kind == NOTICE and message:
                self.trust.heard(is_own=message[5:9] == self.own)
            passed.append(self.trust.passed(kind, message, self.listens) if self.trust else message)
        return b"".join(passed)
