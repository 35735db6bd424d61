"""Prints the alerts of a supervisor's teams as they arrive, and continues where the last run ended.

usage: FRONTLINE_TOKEN=… watch_alerts.py HOST:PORT|unix:PATH|ws://HOST:PORT/ws [FILE FOR THE CURSOR] [HOW MANY]
"""
import itertools
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from frontline_client import Client


def main(address, keep="alerts.cursor", count=None):
    kept = pathlib.Path(keep)
    after = kept.read_text(encoding="utf-8") if kept.exists() else "0"
    with Client(address, token=os.environ["FRONTLINE_TOKEN"], client="watch_alerts.py") as desk:
        alerts = desk.subscribe("alerts.subscribe", after=after, severity="warning")
        for event in itertools.islice(alerts, int(count) if count else None):
            alert = event["alert"]
            print(f"{alert['updated_at']}  {event['event']:12} {alert['severity']:8} {alert['reason']}", flush=True)
            kept.write_text(alerts.cursor, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
