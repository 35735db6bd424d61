"""Searches, opens the best article and reports that it was used.

usage: FRONTLINE_TOKEN=… search.py HOST:PORT|unix:PATH|ws://HOST:PORT/ws WORDS...
"""
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from frontline_client import Client


def main(address, *words):
    with Client(address, token=os.environ["FRONTLINE_TOKEN"], client="search.py") as desk:
        found = desk.call("knowledge.search", query=" ".join(words), limit=3)
        for hit in found["hits"]:
            print(f"{hit['score']:6.2f}  {hit['article_id']:32} {hit['title']}")
        if not found["hits"]:
            return 1
        best = desk.call("knowledge.get", article_id=found["hits"][0]["article_id"])
        for section in best["sections"]:
            print(f"\n[{section['kind']}]\n{section['text']}")
        desk.call("knowledge.feedback", article_id=best["article_id"], query_id=found["query_id"], verdict="used")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
