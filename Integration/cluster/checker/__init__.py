"""Whether what clients were told fits what the database holds in the end.

It reads two files, `history.jsonl` and `final.json`, and shares no code with the clients, the server or the run. Each module
is one rule. A rule returns the violations it finds.
"""
