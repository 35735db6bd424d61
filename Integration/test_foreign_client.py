"""A third-party client: the Python package jsonrpcclient makes the requests and reads the answers."""
import json
import unittest

from frontline_process import ROOT, Server

try:
    import jsonrpcclient
except ImportError:
    jsonrpcclient = None


@unittest.skipIf(jsonrpcclient is None, "jsonrpcclient is not installed: pip install --target .build/python jsonrpcclient")
class ForeignClient(unittest.TestCase):
    def test_it_authenticates_searches_and_understands_errors(self):
        with Server("--knowledge", ROOT / "knowledge") as server, server.connect() as line:

            def ask(method, **params):
                line.send(jsonrpcclient.request_json(method, params=params).encode() + b"\n")
                return jsonrpcclient.parse(line.receive())

            refused = ask("knowledge.search", query="parcel")
            self.assertIsInstance(refused, jsonrpcclient.Error)
            self.assertEqual(refused.code, 1001)
            token = server.token("agent")
            self.assertEqual(ask("session.authenticate", token=token).result["roles"], ["agent"])
            found = ask("knowledge.search", query="parcel is late", limit=3)
            self.assertIsInstance(found, jsonrpcclient.Ok)
            self.assertEqual(len(found.result["hits"]), 3)
            self.assertEqual(ask("knowledge.search", query=1).code, -32602)

    def test_its_batches_and_notifications_are_understood(self):
        with Server() as server, server.connect() as line:
            batch = [jsonrpcclient.request("server.info"), jsonrpcclient.notification("server.info"), jsonrpcclient.request("server.health")]
            line.send(json.dumps(batch).encode() + b"\n")
            answers = list(jsonrpcclient.parse(line.receive()))
            self.assertEqual([type(answer) for answer in answers], [jsonrpcclient.Ok] * 2)


if __name__ == "__main__":
    unittest.main()
