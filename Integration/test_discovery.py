"""Checks `rpc.discover` with random calls: answers match their schemas, errors are the documented
ones, no input causes an internal error, and returned ids are used in later calls."""
import json
import random
import unittest

from frontline_process import ROOT, Server

CALLS = 4_000
SEED = 20261121
KNOWN_ERRORS = {-32602, 1001, 1002, 1003, 1004, 1005, 1006, 1007}
# Methods that end the connection or change its rights, or that are tested elsewhere.
LEFT_OUT = {"session.authenticate", "rpc.discover", "server.metrics", "audit.verify"}
STRINGS = [
    "", "a", "refund", "late_delivery", "EUR", "en", "de-DE", "voice", "customer", "agent", "c1", "1", "0", "-1", "9999999999999999999", "late-delivery",
    "2026-11-21T08:30:00Z", "2026-13-41T99:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "49.99", "1e400", "NaN", "null", "x" * 5_000,
    "My parcel is late and I am furious, I want to speak to your supervisor!", "Ünïcödé \U0001F600 \u202e\u0000", "'; DROP TABLE articles; --",
    "<article xmlns='urn:frontline:knowledge:1' id='fuzz'><title>T</title></article>", "<a><b></a>", "script: x\nstart: a\nsteps: {a: {end: done}}",
    "\"", "{{customer.name}}", "../../etc/passwd", "customer@example.com", "4111111111111111",
]
NUMBERS = [0, 1, -1, 2, 10, 100, 101, 2**31, 2**53, -2**63, 2**63, 1e308, -0.0, 0.5, 49.99]
ANYTHING = [None, True, False, [], {}, [[]], {"id": "k1"}, {"id": 1}, {"a": {"b": [1, "x"]}}, [None], "text", 7]


def violation(value, schema, schemas, path="result"):
    """The place where a value violates its schema, or None."""
    if "$ref" in schema:
        return violation(value, schemas[schema["$ref"].rpartition("/")[2]], schemas, path)
    for member in ("anyOf", "oneOf"):
        if member in schema:
            found = [violation(value, choice, schemas, path) for choice in schema[member]]
            return None if None in found else found[0]
    if "enum" in schema and value not in schema["enum"]:
        return f"{path} is {value!r}, which is none of {schema['enum']}"
    kinds = {"string": str, "boolean": bool, "integer": int, "number": (int, float), "array": list, "object": dict}
    kind = kinds.get(schema.get("type"))
    if kind and (not isinstance(value, kind) or isinstance(value, bool) and kind is not bool):
        return f"{path} is {value!r}, which is no {schema['type']}"
    if isinstance(value, list) and "items" in schema:
        return next(filter(None, (violation(v, schema["items"], schemas, f"{path}[]") for v in value)), None)
    if isinstance(value, dict) and "properties" in schema:
        missing = set(schema.get("required", [])) - value.keys()
        if missing:
            return f"{path} lacks {sorted(missing)}"
        unknown = value.keys() - schema["properties"].keys()
        if unknown and not schema.get("additionalProperties", False):
            return f"{path} has {sorted(unknown)}, which nothing describes"
        return next(filter(None, (
            violation(v, schema["properties"][k], schemas, f"{path}.{k}") for k, v in value.items() if k in schema["properties"])), None)
    return None


class Caller:
    """Generates parameters, mostly of the right kind, with ids from earlier answers."""

    def __init__(self, schemas):
        self.random = random.Random(SEED)
        self.schemas = schemas
        self.known = {}

    def learn(self, value, name=""):
        if isinstance(value, dict):
            for key, member in value.items():
                self.learn(member, key)
        elif isinstance(value, list):
            for member in value[:5]:
                self.learn(member, name.removesuffix("s"))
        elif isinstance(value, (str, int)) and not isinstance(value, bool) and name:
            pool = self.known.setdefault(name, [])
            pool.append(value)
            del pool[:-20]

    def params(self, method):
        params = {}
        for param in method["params"]:
            if param["required"] and self.random.random() < 0.97 or self.random.random() < 0.3:
                params[param["name"]] = self.value(param["schema"], param["name"])
        if self.random.random() < 0.02:
            params[self.random.choice(STRINGS)] = 1
        return params

    def value(self, schema, name, depth=0):
        dice = self.random.random()
        if dice < 0.06:
            return self.random.choice(ANYTHING)
        if dice < 0.6 and name in self.known:
            return self.random.choice(self.known[name])
        if "$ref" in schema:
            return self.value(self.schemas[schema["$ref"].rpartition("/")[2]], name, depth)
        if "enum" in schema:
            return self.random.choice(schema["enum"])
        for member in ("anyOf", "oneOf"):
            if member in schema:
                return self.value(self.random.choice(schema[member]), name, depth)
        kind = schema.get("type")
        if kind == "string":
            return self.random.choice(STRINGS)
        if kind == "boolean":
            return self.random.random() < 0.5
        if kind in ("integer", "number"):
            return self.random.choice(NUMBERS)
        if kind == "array" and depth < 3:
            return [self.value(schema.get("items", {}), name.removesuffix("s"), depth + 1) for _ in range(self.random.randrange(4))]
        if kind == "object" and depth < 3:
            return {key: self.value(member, key, depth + 1) for key, member in schema.get("properties", {}).items()
                    if key in schema.get("required", []) or self.random.random() < 0.5}
        return self.random.choice(ANYTHING)


class Contract(unittest.TestCase):
    def test_random_calls_are_answered_as_described(self):
        wrong = []
        with Server("--knowledge", ROOT / "knowledge", "--rules", ROOT / "rules", "--no-auth") as server, server.connect() as line:
            document = line.call("rpc.discover")
            schemas = document.get("components", {}).get("schemas", {})
            methods = [method for method in document["methods"] if method["name"] not in LEFT_OUT]
            caller = Caller(schemas)
            answered = set()
            for number in range(CALLS):
                method = caller.random.choice(methods)
                params = caller.params(method)
                line.send(json.dumps({"jsonrpc": "2.0", "id": number, "method": method["name"], "params": params}).encode() + b"\n")
                answer = line.receive()
                while answer is not None and answer.get("id") != number:
                    answer = line.receive()
                self.assertIsNotNone(answer, f"{method['name']} {params} ended the connection")
                if "error" in answer:
                    if answer["error"]["code"] not in KNOWN_ERRORS:
                        wrong.append((method["name"], params, answer["error"]))
                    continue
                answered.add(method["name"])
                caller.learn(answer["result"])
                found = violation(answer["result"], method["result"]["schema"], schemas)
                if found:
                    wrong.append((method["name"], found))
            self.assertEqual(server.stop(15), 0)
            failed = [entry for entry in server.log if "a request failed" in entry]
        self.assertEqual(wrong[:5], [], f"{len(wrong)} of {CALLS} calls")
        self.assertEqual(failed[:5], [])


if __name__ == "__main__":
    unittest.main()
