"""Attacks on lines, connections and what an unauthenticated client may cost."""
from attacks.target import attack, hold, refused


@attack("a method that needs a token is called without one")
def without_a_token(target):
    with target.connect() as stranger:
        refused(lambda: stranger.call("knowledge.search", query="refund"), 1001)
        hold(stranger.call("server.info")["protocol"] == "1", "the connection did not go on")
