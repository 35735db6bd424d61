"""Attacks on published versions: limits that return after a rollback, scripts that reach more agents than intended, models that fail their cases."""
import pathlib
import tempfile

from attacks.target import attack, fresh, hold, refused
from frontline_process import Server, run
from publication import cases, model, script


@attack("a restart restores limits that were rolled back, and gives everybody a script that was rolled out to a tenth")
def restart(_):
    with tempfile.TemporaryDirectory(prefix="frontline-") as folder:
        rules = pathlib.Path(folder) / "rules"
        (rules / "scripts").mkdir(parents=True)
        limits, talk = rules / "limits.dmn", rules / "scripts" / "talk.yaml"
        limits.write_text(model("limits", 10))
        talk.write_text(script("talk", 1))
        with Server("--rules", rules) as server:
            limits.write_text(model("limits", 10_000))
            talk.write_text(script("talk", 2))
            run("rules", "publish", limits, "--data", server.folder)
            run("script", "publish", talk, "--percent", "10", "--data", server.folder)
            with server.connect("operations") as olga:
                olga.call("policy.rollback", name="limits", version=1, reason="three zeros too many")
            server.stop()
            server.start()
            with server.connect("operations") as olga:
                limit = olga.call("policy.evaluate", name="limits", decision="limit", input={"tier": "1"})["result"]
                hold(limit == 10, f"after a restart the limit is {limit}")
                newest = olga.call("script.versions", script_id="talk")["versions"][0]
                hold(newest["status"] == "partial" and newest["percent"] == 10, f"after a restart the script is {newest}")


@attack("a model with failing test cases is put in force")
def failing_cases(target):
    name = fresh("limits")
    with target.connect("operations") as olga:
        tests = [{"file": f"{name}.xml", "source": cases(name, 10)}]
        passed = olga.call("policy.publish", name=name, source=model(name, 10), tests=tests)["cases"]["passed"]
        hold(passed == 2, f"{passed} of 2 cases were run")
        refused(lambda: olga.call("policy.publish", name=name, source=model(name, 10_000), tests=tests), -32602)
        limit = olga.call("policy.evaluate", name=name, decision="limit", input={"tier": "1"})["result"]
        hold(limit == 10, f"the limit is {limit}")


@attack("the source of policies is read by somebody who does not maintain them")
def sources(target):
    for role in ("agent", "supervisor", "knowledge_manager", "integration"):
        with target.connect(role, team="*") as reader:
            refused(lambda: reader.call("policy.get", name="resolution"), 1002)
            refused(lambda: reader.call("policy.compare", name="resolution", **{"from": 1, "to": 1}), 1002)
    with target.connect("auditor") as auditor:
        hold(auditor.call("policy.get", name="resolution")["in_force"], "the auditor cannot read the policy in force")
