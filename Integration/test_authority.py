"""What agents may settle with the sample rules: random calls of four principals, and offers."""
import unittest

import authority_property
from frontline_process import ROOT, Server


class Authority(unittest.TestCase):
    def test_no_sequence_of_calls_gets_more_than_the_windows_or_anything_foreign(self):
        for seed in (1, 2):
            game = authority_property.play(seconds=7, seed=seed)
            self.assertEqual(game.trouble, [])
            self.assertGreater(sum(g["status"] == "approved" for g in game.grants.values()), 10)
            self.assertGreater(sum(g["back"] for g in game.grants.values()), 0)

    def test_what_a_script_could_settle_is_offered_though_the_order_is_not_known_yet(self):
        with Server("--rules", ROOT / "rules") as server, server.connect("agent", subject="anna", tier="1", team="delivery") as anna:
            name = anna.call("conversation.open", channel="voice", customer={"id": "k1"})["conversation_id"]
            turn = anna.call("conversation.observe", conversation_id=name, speaker="customer", text="Where is my parcel? It is late.")
            self.assertIn("offer_resolution", [action["kind"] for action in turn["actions"]])


if __name__ == "__main__":
    unittest.main()
