"""A token that was revoked counts on no node a second later, as long as the node reaches the database."""
from .records import Violation

# In seconds.
BOUND, GRACE = 1.0, 3.0
SECOND = 1_000_000_000


def check(records, final, bound=BOUND, grace=GRACE):
    revoked = {operation.given["token"]: operation.end for operation in records.of("revoke") if operation.is_ok}
    for use in records.of("use"):
        since = revoked.get(use.given["token"])
        if since is None or not use.is_ok or use.begin <= since + bound * SECOND:
            continue
        if not records.is_excused(use.nodes[0], since, use.end, grace * SECOND):
            late = (use.begin - since) / SECOND
            yield Violation("revoked token", f"{use.name} was allowed on {use.nodes[0]} {late:.1f} s after the revocation", use.end)
