"""What clients did and what they were told, line by line, in one file of JSON.

Every line has `at`, nanoseconds of the machine's monotonic clock, so that all lines of a run can be compared, `client` and `kind`:

- `invoke` with `op`, `what` and `input`: a call is about to be sent. Calls of one `op` are attempts of the same thing with the same key.
- `ok` with `op` and `result`; `fail` with `op` and `code`: it has not happened; `unknown` with `op` and `reason`: it may have.
- `connected` with `after`, `node`, and `lost`: a subscription began after a cursor, and ended; `event` with `cursor`, `event`, `alert`, `node`.
- `fault` with `name`, `nodes` and `phase`, `begins`, `mended` or `over`: what the run did to the installation.
"""
import json
import threading
import time


class History:
    """A file that many threads append to."""

    def __init__(self, path):
        self.path = path
        self.file = open(path, "w", encoding="utf-8")
        self.lock = threading.Lock()
        self.counts = {}

    def note(self, client, kind, **more):
        with self.lock:
            # Within the lock, so that the lines are in the order of their times.
            line = {"at": time.monotonic_ns(), "client": client, "kind": kind, **more}
            self.file.write(json.dumps(line, separators=(",", ":")) + "\n")
            self.counts[kind] = self.counts.get(kind, 0) + 1

    def count(self, kind):
        return self.counts.get(kind, 0)

    def close(self):
        with self.lock:
            self.file.close()
