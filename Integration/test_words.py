"""From what customers say to what agents and supervisors read, with the samples, in English and German."""
import json
import unittest

from frontline_process import ROOT, Server

KEEP = "Say that you'd like to keep the customer, and ask what is missing"
APOLOGY = "Apologise, and say what happens next"


class WordsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server("--knowledge", ROOT / "knowledge", "--rules", ROOT / "rules")
        cls.agent = cls.server.connect("agent", subject="anna", tier="1", team="delivery")
        cls.german = cls.server.connect("agent", subject="greta", tier="1", team="delivery", locale="de")
        cls.chief = cls.server.connect("supervisor", subject="sofia", tier="2", team="delivery")
        cls.chefin = cls.server.connect("supervisor", subject="silke", tier="2", team="delivery", locale="de")

    @classmethod
    def tearDownClass(cls):
        for connection in (cls.agent, cls.german, cls.chief, cls.chefin):
            connection.close()
        cls.server.stop()

    def observe(self, *texts, by=None, **conversation):
        """The identifier of a new conversation, and the answer to the last of its turns."""
        connection = by or self.agent
        opened = connection.call("conversation.open", channel="chat", **conversation)["conversation_id"]
        for text in texts:
            answer = connection.call("conversation.observe", conversation_id=opened, speaker="customer", text=text)
        return opened, answer

    def kinds(self, text, **conversation):
        return {signal["kind"] for signal in self.observe(text, **conversation)[1]["signals"]}

    def titles(self, *texts, **conversation):
        return [action["title"] for action in self.observe(*texts, **conversation)[1]["actions"]]

    def test_false_overlaps(self):
        self.assertNotIn("threat_to_leave", self.kinds("I will leave you a one star review"))
        self.assertEqual(self.kinds("please delete my account"), {"deletion_request"})
        self.assertEqual(self.kinds("I want to speak to someone in charge"), {"supervisor_request"})
        _, answer = self.observe("I want to speak to someone in charge")
        self.assertNotIn("billing-dispute", json.dumps(answer["actions"]))
        self.assertEqual([s["article_id"] for s in answer["suggestions"] if "charge" in s["article_id"]], [])

    def test_what_silences_apologies_and_offers_to_stay(self):
        for text in ("please delete my account", "I will find you and kill you, this is the worst company ever",
                     "this is awful, I want to kill myself", "My husband died and I need to close his account",
                     "the worst toaster ever, there is smoke coming out of it"):
            titles = self.titles(text)
            self.assertNotIn(KEEP, titles, text)
            self.assertNotIn(APOLOGY, titles, text)
        self.assertNotIn(KEEP, self.titles("My husband passed away", "so please cancel his contract"))
        self.assertIn(KEEP, self.titles("please cancel my contract"))

    def test_mood(self):
        def score(text):
            return self.observe(text)[1]["sentiment"]["score"]
        self.assertGreater(score("You sent me the wrong colour toaster"), -0.65)
        self.assertLess(score("I want to cancel Plus, I'm not using it"), 0.05)
        self.assertLess(score("cancel Plus"), 0.05)
        self.assertLess(score("brilliant, another week without a fridge. Thanks a lot"), -0.3)
        self.assertEqual(self.agent.call("sentiment.score", text="Plus")["label"], "neutral")

    def test_danger_in_everyday_words(self):
        for text in ("my phone's battery is bulging", "my tablet is smoking", "the power bank has swollen up"):
            opened, answer = self.observe(text)
            self.assertIn("safety", {signal["kind"] for signal in answer["signals"]}, text)
            self.assertEqual(self.chief.call("alerts.get", alert_id=answer["alerts"][0])["severity"], "critical")

    def test_outages_in_everyday_words(self):
        for text in ("is your site down?", "error 500 when I log in", "the page won't load"):
            self.assertEqual(self.kinds(text), {"outage"}, text)

    def test_sensitive_words_are_not_kept_and_the_need_ends_with_the_contact(self):
        opened, answer = self.observe("I have cancer and this is the third terrible day of waiting, I am furious",
                                      "I have cancer and you are useless, this is horrible", customer={"id": "k-9"})
        need = next(signal["text"] for signal in answer["signals"] if signal["kind"] == "vulnerability")
        self.assertNotIn("cancer", json.dumps(answer["signals"]) + json.dumps(answer["actions"]))
        alert = next(a for a in self.chief.call("alerts.list", conversation_id=opened)["alerts"] if a["kind"] == "vulnerability")
        self.assertNotIn("cancer", json.dumps(alert))
        self.agent.call("conversation.close", conversation_id=opened)
        alert = self.chief.call("alerts.get", alert_id=alert["alert_id"])
        self.assertEqual(alert["status"], "expired")
        self.assertNotIn(need[:20], json.dumps(alert))
        stored = self.agent.call("conversation.get", conversation_id=opened)
        self.assertNotIn("vulnerability", json.dumps([turn.get("signals") for turn in stored["turns"]]))
        self.assertNotIn(need[:20], json.dumps(stored["turns"]) + json.dumps(stored["alerts"]))
        self.assertNotIn("cancer", stored.get("summary") or "")

    def test_german_contacts(self):
        opened, answer = self.observe("Ich gehe damit zum Anwalt", by=self.german, locale="de")
        self.assertEqual(answer["sentiment"], {"status": "unsupported"})
        self.assertIn("Der Teamleitung sagen, dass der Kunde mit rechtlichen Schritten droht", [a["title"] for a in answer["actions"]])
        alert_id = answer["alerts"][0]
        self.assertEqual(self.chefin.call("alerts.get", alert_id=alert_id)["reason"], "Der Kunde droht mit rechtlichen Schritten: „zum Anwalt“.")
        english, _ = self.observe("I will sue you")
        alert = self.chefin.call("alerts.list", conversation_id=english)["alerts"][0]
        self.assertTrue(alert["reason"].startswith("Der Kunde droht mit rechtlichen Schritten"), alert)
        alert = self.chief.call("alerts.list", conversation_id=english)["alerts"][0]
        self.assertTrue(alert["reason"].startswith("The customer is threatening legal action"), alert)

    def test_alerts_in_the_stream_are_in_the_language_of_each_subscriber(self):
        english, german = (self.server.connect("supervisor", subject=s, team="delivery", **a) for s, a in (("e", {}), ("d", {"locale": "de"})))
        for connection in (english, german):
            connection.call("alerts.subscribe")
        self.observe("get me your manager")
        self.assertIn("asking for a supervisor", english.receive()["params"]["alert"]["reason"])
        self.assertIn("möchte mit einem Vorgesetzten sprechen", german.receive()["params"]["alert"]["reason"])
        english.close()
        german.close()

    def test_approvals_name_things(self):
        opened, _ = self.observe("my parcel is late", customer={"id": "k-1", "name": "Ms Vega", "segment": "established"})
        self.agent.call("resolution.request", idempotency_key="words-1", action="refund", reason="damaged_on_arrival",
                        amount={"amount": "120.00", "currency": "EUR"}, conversation_id=opened, reference={"type": "order", "id": "OH-26-104888"})
        alert = self.chief.call("alerts.list", conversation_id=opened)["alerts"][-1]
        for part in ("refund of 120.00 EUR", "damaged on arrival", "order OH-26-104888", "Requested by anna"):
            self.assertIn(part, alert["reason"])
        self.assertIn("Erstattung über 120,00 €", self.chefin.call("alerts.get", alert_id=alert["alert_id"])["reason"])


if __name__ == "__main__":
    unittest.main()
