"""Attacks on redaction: card numbers and the like, written so that they are stored as plain text."""
import pathlib

from attacks.target import attack, fresh, hold

VISA, AMEX = "4111111111111111", "378282246310005"
# One number per network and length, all with valid check digits.
CARDS = [
    "4222222222222", VISA, "4000000000000000006", "5555555555554444", "2223003122003222", AMEX, "30569309025904",
    "38520000023237", "36227206271667", "6011111111111117", "3530111333300000", "6205500000000000004", "6759649826438453",
    "501800000009", "6304000000000000000", "2200000000000053", "9792020000000001", "135410014004955", "213100000000001",
]


def everything_stored(target, *needles):
    """The needles that appear in the data folder: database, log and index."""
    files = [path for path in pathlib.Path(target.server.folder).rglob("*") if path.is_file()]
    content = b"".join(path.read_bytes() for path in files)
    return [needle for needle in needles if needle.encode() in content]


def conversation(caller):
    return caller.call("conversation.open", channel="chat", customer={"id": fresh("customer")})["conversation_id"]


def observed(caller, id, text, speaker="customer"):
    caller.call("conversation.observe", conversation_id=id, speaker=speaker, text=text)
    return caller.call("conversation.get", conversation_id=id)["turns"][-1]["text"]


@attack("card numbers of small networks and unusual lengths are stored")
def every_network(target):
    with target.connect("agent", team="delivery") as agent:
        id = conversation(agent)
        kept = [card for card in CARDS if observed(agent, id, f"my card is {card}, thanks") != "my card is [card], thanks"]
        hold(not kept, f"stored as plain text: {kept}")
    return f"{len(CARDS)} numbers"


@attack("a card number is stored when it is split, written with separators or written in words")
def odd_writings(target):
    groups = ["4111", "1111", "1111", "1111"]
    texts = [sign.join(groups) for sign in ("\n", "_", ":", "*", " - ", ", ", " / ", " dash ")] + [
        "4111 double one 11 1111 triple one 1", "VISA4111111111111111", "41111111 11111111",
        "four triple one double one double one double one double one quadruple one",
        "vier dreimal die eins doppel eins doppel eins doppel eins doppel eins viermal eins",
        "forty-one eleven eleven eleven eleven eleven eleven eleven",
    ]
    with target.connect("agent", team="delivery") as agent:
        id = conversation(agent)
        kept = [(text, found) for text in texts if "[card]" not in (found := observed(agent, id, f"please take {text}"))]
        hold(not kept, f"stored as plain text: {kept}")


@attack("a card number is stored when it is spread over two or four turns")
def over_turns(target):
    with target.connect("agent", team="delivery") as agent:
        for pieces in (["my card is 4929 8401", "2277 3012"], ["4929", "8401", "2277", "3012 that is all"]):
            id = conversation(agent)
            for piece in pieces:
                observed(agent, id, piece)
                observed(agent, id, "go on", "agent")
            texts = [turn["text"] for turn in agent.call("conversation.get", conversation_id=id)["turns"]]
            hold(sum("[card]" in text for text in texts) == len(pieces), f"stored as plain text: {texts}")
        with target.connect("admin") as admin:
            summary = admin.call("conversation.get", conversation_id=id).get("summary") or ""
            hold("4929" not in str(summary), f"the summary quotes it: {summary}")


@attack("telephone numbers and addresses are written to evade redaction")
def spellings(target):
    texts = ["01715551234", "0171/5551234", "06641234567", "06-12345678", "0871234567", "07700900123", "joe (at) example (dot) com",
             "joe[at]example.com", "joe punkt schmidt at example punkt de", "joe-at-example-dot-com"]
    with target.connect("agent", team="delivery") as agent:
        id = conversation(agent)
        kept = [text for text in texts if "[" not in observed(agent, id, f"reach me: {text}")]
        hold(not kept, f"stored as plain text: {kept}")


@attack("card numbers are sent as JSON numbers, in member names, in tags and in ids")
def in_values(target):
    cards = iter(["4929640381766", "4485275742308327", "4716258050958645", "4539763388193208", "5425233430109903", "2222420000001113",
                  "3566002020360505", "6011000990139424", "30569309025904", "371449635398431", "4012888888881881"])
    used = []

    def card():
        used.append(next(cards))
        return used[-1]

    with target.connect("agent", team="delivery", tier="1") as agent:
        customer = {"id": fresh("customer"), "segment": "established", "known": int(card()), card(): True, "more": [{"a": float(card())}]}
        id = agent.call("conversation.open", channel="chat", customer=customer, tags=[f"card {card()}"],
                        external_ids={"crm": card()})["conversation_id"]
        agent.call("conversation.update", conversation_id=id, customer={"list": [int(card()), {card(): 1}]})
        agent.call("resolution.request", idempotency_key=fresh("key"), action="refund", reason="late_delivery", conversation_id=id,
                   amount={"amount": "1.00", "currency": "EUR"}, reference={"type": "order", "id": fresh("order")}, context={"seen": int(card()), card(): 1})
        session = agent.call("script.start", script_id="late-delivery", conversation_id=id, context={"noted": int(card()), card(): "x"})
        agent.call("script.note", session_id=session["session_id"], text="fine")
        hold(len(used) == 11 and next(cards, None) is None, "not every number was sent")
        found = everything_stored(target, *used)
        hold(not found, f"stored as plain text: {found}")
    return f"{len(used)} places"


@attack("order numbers, amounts and dates are redacted as card or telephone numbers")
def false_alarms(target):
    texts = [
        "order 501800000009 of 12/31/2025 10:30:15, tracking 9356 3450 4968 0882 6644 04", "EAN 4006381333931 for 1,299.00 or 49.95",
        "releases 2457, 2504, 2580, and 2605 of firmware 10.0.19.1", "24909095-1969-0437-06b5-eae7db596899", "JJD000390007882823283",
        "order no. 403-1234567-1234567, invoice 2024-000123", "voucher 9057 0667 4152 8134", "10 20 30 40 50 60",
    ]
    with target.connect("agent", team="delivery") as agent:
        id = conversation(agent)
        changed = [(text, found) for text in texts if (found := observed(agent, id, text)) != text]
        hold(not changed, f"redacted although not personal: {changed}")
