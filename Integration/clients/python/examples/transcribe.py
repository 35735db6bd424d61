"""Sends a contact as a transcriber does, and prints what a desktop would show after every utterance.

usage: FRONTLINE_TOKEN=… transcribe.py HOST:PORT|unix:PATH|ws://HOST:PORT/ws FILE

A line of the file is `customer: …` or `agent: …`. The ids are derived from the file's name, so that sending it again,
for example after a lost connection, changes nothing.
"""
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from frontline_client import Client


def main(address, path):
    name = pathlib.Path(path).stem
    with Client(address, token=os.environ["FRONTLINE_TOKEN"], client="transcribe.py") as desk, open(path, encoding="utf-8") as file:
        desk.call("conversation.open", conversation_id=name, channel="chat")
        for number, line in enumerate(file, start=1):
            speaker, _, text = line.strip().partition(": ")
            if not text:
                continue
            answer = desk.call(
                "conversation.observe", conversation_id=name, turn_id=f"{name}-{number}", speaker=speaker, text=text)
            print(f"{speaker}: {text}")
            print(f"    mood {answer['mood']['now']:+.2f}, {answer['sentiment'].get('label', 'not scored')}")
            for suggestion in answer["suggestions"]:
                print(f"    article: {suggestion['title']}")
            for action in answer["actions"]:
                print(f"    next: {action['title']}")
            for alert in answer["alerts"]:
                print(f"    a supervisor was alerted: {alert}")
        desk.call("conversation.close", conversation_id=name, disposition={"code": "done", "resolved": True})
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
