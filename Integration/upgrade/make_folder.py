"""Fills a data folder through the program and prints it as SQL, for the upgrade test of later programs.

usage: FRONTLINE_BINARY=… make_folder.py > folder-of-….sql

Run it with the last program before a change of the schema, and keep its output unchanged.
"""
import pathlib
import shutil
import sqlite3
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from frontline_process import Server

POLICY = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="d" name="d" namespace="urn:test">
<inputData id="i" name="amount"><variable name="amount" typeRef="number"/></inputData>
<decision id="half" name="half"><variable name="half" typeRef="number"/>
<informationRequirement><requiredInput href="#i"/></informationRequirement>
<literalExpression><text>amount / %d</text></literalExpression></decision></definitions>"""


def article(identifier, title, text, **attributes):
    named = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return (f'<article xmlns="urn:frontline:knowledge:1" id="{identifier}"{named}><title>{title}</title>'
            f'<section kind="body"><p>{text}</p></section></article>')


def fill(server):
    with server.connect("knowledge_manager", subject="karl") as karl:
        for text in ("Look at the promised day.", "Look at the last promised day, then ask the carrier."):
            karl.call("knowledge.import", xml=article("late-parcel", "My parcel is late", text))
        karl.call("knowledge.import", xml=article("dead-pixel", "Dead pixels", "Three are a defect.", audience="supervisor"))
        karl.call("knowledge.import", xml=article("old-fee", "Restocking fee", "Nineteen euros."))
        karl.call("knowledge.retire", article_id="old-fee", reason="no longer charged")
    with server.connect("agent", subject="anna", tier="1", team="north") as anna:
        found = anna.call("knowledge.search", query="parcel late")
        anna.call("knowledge.feedback", article_id="late-parcel", query_id=found["query_id"], verdict="used")
        anna.call("knowledge.feedback", article_id="late-parcel", verdict="outdated", comment="the form has changed")
        anna.call("knowledge.search", query="quokka food")
        anna.call("conversation.open", conversation_id="call-1", channel="voice", customer={"id": "c-1", "segment": "new"})
        for number, text in enumerate(["My parcel is late.", "This is the third time I call, I am furious!"]):
            anna.call("conversation.observe", conversation_id="call-1", speaker="customer", text=text, turn_id=f"t{number}")
        anna.call("alerts.raise", conversation_id="call-1", note="Please.")
    with server.connect("operations", subject="olga") as olga:
        for divisor in (3, 2):
            olga.call("policy.publish", name="half", source=POLICY % divisor)


def main():
    with Server() as server:
        fill(server)
        token = server.token("agent", subject="berta")
        chief = server.token("supervisor", subject="sofia")
        server.stop(15)
        database = sqlite3.connect(f"{server.folder}/frontline.sqlite")
        print(f"-- token {token}")
        print(f"-- supervisor {chief}")
        for statement in database.iterdump():
            print(statement)
        database.close()
        shutil.rmtree(server.folder)


if __name__ == "__main__":
    main()
