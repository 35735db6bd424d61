"""Erasure, backup and restore as operations run them: interrupted, in every order, and with the list lost."""
import json
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import threading
import time
import unittest

from frontline_process import ROOT, Server, binary, needs_folder, run


def occurrences(folder, text):
    wanted = text.encode()
    return [path.name for path in pathlib.Path(folder).rglob("*") if path.is_file() and wanted in path.read_bytes()]


def speak(connection, customer, word, turns=30):
    connection.call("conversation.open", conversation_id=f"call-{customer}", channel="chat", customer={"id": customer, "name": f"Mia {word}"})
    for number in range(turns):
        connection.call("conversation.observe", conversation_id=f"call-{customer}", speaker="customer", text=f"{word} said {number}")


class EndedHalfWay(unittest.TestCase):
    def test_an_erasure_that_is_killed_is_done_or_not_and_is_finished_by_the_next_start(self):
        server = Server()
        self.addCleanup(shutil.rmtree, server.folder, True)
        self.addCleanup(server.stop, signal.SIGKILL)
        for number in range(6):
            word, customer = f"Quokka{number}q", f"k{number}"
            with server.connect("admin", subject="root") as root:
                speak(root, customer, word)
                thread = threading.Thread(target=self.erase, args=(root, customer))
                thread.start()
                time.sleep(0.004 * number)  # the moment of the kill: before, within and after the transaction
                server.process.kill()
                thread.join(20)
            server.stop(signal.SIGKILL)
            server.start()
            with server.connect("admin", subject="root") as root:
                data = root.call("customer.export", customer_id=customer)
                if "erased_at" in data:
                    self.wait_until_gone(server.folder, word)
                else:
                    self.assertEqual(len(data["data"]["conversations"][0]["turns"]), 30)
                    self.assertNotIn("pending", root.call("customer.erase", customer_id=customer, reason="again"))
                self.assertEqual(occurrences(server.folder, word), [])
                self.assertEqual(root.call("audit.verify")["changed"], [])
                self.assertTrue(root.call("audit.verify")["ok"])

    def wait_until_gone(self, folder, word):
        end = time.monotonic() + 10
        while occurrences(folder, word) and time.monotonic() < end:
            time.sleep(0.02)

    @staticmethod
    def erase(connection, customer):
        try:
            connection.call("customer.erase", customer_id=customer, reason="asked")
        except Exception:  # noqa: BLE001: the server is killed during the call
            pass

    @needs_folder
    def test_a_backup_that_is_killed_leaves_no_file_that_looks_like_one(self):
        with Server() as server, tempfile.TemporaryDirectory(prefix="frontline-") as copies:
            with server.connect("admin", subject="root") as root:
                speak(root, "k", "Quokka", turns=200)
            for number in range(5):
                copy = os.path.join(copies, f"{number}.sqlite")
                process = subprocess.Popen([binary(), "backup", copy, "--data", server.folder], stderr=subprocess.DEVNULL)
                time.sleep(0.02 * number)  # the moment of the kill
                process.kill()
                process.wait()
                if os.path.exists(copy):
                    run("restore", copy, "--data", os.path.join(copies, f"restored-{number}"))
                else:
                    run("backup", copy, "--data", server.folder)
            self.assertEqual([name for name in os.listdir(copies) if name.endswith(".partial")], [])

    @needs_folder
    def test_a_restoration_that_is_killed_leaves_no_store_and_can_be_repeated(self):
        with Server() as server, tempfile.TemporaryDirectory(prefix="frontline-") as copies:
            with server.connect("admin", subject="root") as root:
                speak(root, "k", "Quokka", turns=50)
            copy, target = os.path.join(copies, "b.sqlite"), os.path.join(copies, "new")
            run("backup", copy, "--data", server.folder)
            for number in range(5):
                process = subprocess.Popen([binary(), "restore", copy, "--data", target], stderr=subprocess.DEVNULL)
                time.sleep(0.02 * number)  # the moment of the kill
                process.kill()
                process.wait()
                if os.path.exists(os.path.join(target, "frontline.sqlite")):
                    shutil.rmtree(target)
            run("restore", copy, "--data", target)
            self.assertEqual([name for name in os.listdir(target) if name.startswith("restoring")], [])
            self.assertTrue(json.loads(run("audit", "verify", "--data", target).stdout)["ok"])


@needs_folder
class Restoring(unittest.TestCase):
    """An old backup × later erasures × the list: present, named, lost, truncated, of another store."""

    @classmethod
    def setUpClass(cls):
        cls.copies = tempfile.mkdtemp(prefix="frontline-")
        cls.server = Server("--erasures", os.path.join(cls.copies, "live.jsonl"))
        with cls.server.connect("admin", subject="root") as root:
            for number in range(4):
                speak(root, f"k{number}", f"Quokka{number}q", turns=5)
            root.call("customer.erase", customer_id="k0", reason="before the backup")
            cls.old = os.path.join(cls.copies, "old", "b.sqlite")
            os.mkdir(os.path.dirname(cls.old))
            run("backup", cls.old, "--data", cls.server.folder)
            root.call("customer.erase", customer_id="k1", reason="after the first backup")
            cls.newer = os.path.join(cls.copies, "newer", "b.sqlite")
            os.mkdir(os.path.dirname(cls.newer))
            run("backup", cls.newer, "--data", cls.server.folder)
            root.call("customer.erase", customer_id="k2", reason="after the second backup")
        cls.server.stop()
        cls.live = os.path.join(cls.copies, "live.jsonl")

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.copies)
        shutil.rmtree(cls.server.folder)

    def restored(self, backup, *arguments):
        folder = tempfile.mkdtemp(prefix="frontline-")
        self.addCleanup(shutil.rmtree, folder)
        done = run("restore", backup, "--data", folder, *arguments)
        self.assertTrue(json.loads(run("audit", "verify", "--data", folder).stdout)["ok"])
        return folder, done.stderr

    def holds(self, folder):
        return [number for number in range(4) if occurrences(folder, f"Quokka{number}q")]

    def test_with_the_list_that_the_server_wrote_all_later_erasures_are_applied(self):
        folder, said = self.restored(self.old, "--erasures", self.live)
        self.assertEqual(self.holds(folder), [3])
        self.assertIn("2 customers were erased again", said)
        folder, said = self.restored(self.newer, "--erasures", self.live)
        self.assertEqual(self.holds(folder), [3])
        self.assertIn("1 customers were erased again", said)

    def test_the_list_beside_the_backup_is_found_and_what_came_after_it_is_said_to_be_unknown(self):
        folder, said = self.restored(self.newer)
        self.assertEqual(self.holds(folder), [2, 3])
        self.assertIn("later ones are not known", said)
        listed = next(pathlib.Path(self.newer).parent.glob("erasures-*.jsonl"))
        folder, said = self.restored(self.old, "--erasures", listed)
        self.assertEqual(self.holds(folder), [2, 3])

    def test_without_a_list_it_says_what_it_cannot_know(self):
        lonely = os.path.join(self.copies, "lonely.sqlite")
        shutil.copy(self.old, lonely)
        folder, said = self.restored(lonely)
        self.assertEqual(self.holds(folder), [1, 2, 3])
        self.assertIn("no list of erasures", said)

    def test_a_line_that_is_missing_is_noticed_and_one_that_was_cut_short_is_left_out(self):
        lines = pathlib.Path(self.live).read_text(encoding="utf-8").splitlines(keepends=True)
        cut = os.path.join(self.copies, "cut.jsonl")
        with open(cut, "w", encoding="utf-8") as file:
            file.write(lines[0] + lines[1] + lines[3])
        folder, said = self.restored(self.old, "--erasures", cut)
        self.assertEqual(self.holds(folder), [1, 3])
        self.assertIn("Lines are missing", said)
        with open(cut, "w", encoding="utf-8") as file:
            file.write("".join(lines[:3]) + lines[3][:20])
        folder, said = self.restored(self.old, "--erasures", cut)
        self.assertEqual(self.holds(folder), [2, 3])

    def test_the_list_of_another_store_and_one_that_is_none_are_refused_and_leave_nothing(self):
        with Server() as other:
            with other.connect("admin", subject="root") as root:
                speak(root, "k", "Quokka", turns=1)
                root.call("customer.erase", customer_id="k", reason="asked")
            foreign = os.path.join(other.folder, "erasures.jsonl")
            for name in (foreign, self.old, os.path.join(self.copies, "missing")):
                folder = tempfile.mkdtemp(prefix="frontline-")
                done = run("restore", self.old, "--data", folder, "--erasures", name, check=False)
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertEqual(os.listdir(folder), [], done.stderr)
                os.rmdir(folder)
            shutil.rmtree(other.folder, ignore_errors=True)

    def test_a_server_that_finds_a_list_erases_before_it_is_ready(self):
        folder = tempfile.mkdtemp(prefix="frontline-")
        shutil.copy(self.old, os.path.join(folder, "frontline.sqlite"))
        shutil.copy(self.live, os.path.join(folder, "erasures.jsonl"))
        with Server(data=folder) as server:
            with server.connect("admin", subject="root") as root:
                self.assertIn("erased_at", root.call("customer.export", customer_id="k1"))
                self.assertNotIn("erased_at", root.call("customer.export", customer_id="k3"))
                root.call("customer.erase", customer_id="k3", reason="asked")
            server.stop()
            self.assertEqual(self.holds(folder), [])
        lines = [json.loads(line) for line in pathlib.Path(folder, "erasures.jsonl").read_text(encoding="utf-8").splitlines()]
        self.assertEqual([line.get("number") for line in lines], [None, 1, 2, 3, 4])
        shutil.rmtree(folder)

    def test_a_restored_store_goes_on_with_the_list(self):
        folder, _ = self.restored(self.old, "--erasures", self.live)
        with Server(data=folder) as server:
            with server.connect("admin", subject="root") as root:
                self.assertEqual(set(root.call("customer.erase", customer_id="k2", reason="again")["erased"].values()), {0})
            server.stop()


class TheRecord(unittest.TestCase):
    def test_the_doer_is_named_and_the_server_log_tells_of_what_commands_did(self):
        with Server("--rules", ROOT / "rules") as server:
            with server.connect("operations", subject="olga") as olga, server.connect("auditor", subject="paul") as paul:
                versions = [p for p in olga.call("policy.list")["policies"] if p["name"] == "resolution"]
                source = (ROOT / "rules" / "resolution.dmn").read_text(encoding="utf-8") + "\n<!-- again -->\n"
                olga.call("policy.publish", name="resolution", source=source, note="a trial")
                olga.call("policy.rollback", name="resolution", version=versions[0]["version"], reason="over")
                found = paul.call("audit.list", subject="olga", action="policy")["entries"]
                self.assertEqual([e["action"] for e in found], ["policy.publish", "policy.rollback"])
                self.assertEqual([e["text"]["text"] for e in found], ["a trial", "over"])
                self.assertTrue(all(e["token_id"].startswith("tok_") and e["roles"] == ["operations"] for e in found))
                self.assertEqual(paul.call("audit.list", subject="olga", until=found[0]["at"])["entries"], [])
                self.assertEqual(len(paul.call("audit.list", object="resolution", since=found[0]["at"])["entries"]), 2)
                run("audit", "export", "--data", server.folder, "--subject", "olga")
                exported = paul.call("audit.list", action="audit.export")["entries"]
                user = subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()
                self.assertTrue(exported[0]["system_user"].startswith(user), exported)
                at_start = paul.call("audit.list", object="resolution", limit=1)["entries"][0]
                self.assertTrue(at_start["system_user"].startswith(user), at_start)
            end = time.monotonic() + 10
            wanted = {"policy.publish", "policy.rollback", "audit.export"}
            while wanted and time.monotonic() < end:
                log = "".join(server.log)
                wanted = {word for word in wanted if word not in log}
                time.sleep(0.05)
            self.assertEqual(wanted, set())

    def test_an_export_with_a_filter_prints_what_the_filter_says(self):
        with Server() as server:
            server.token("agent", subject="anna")
            lines = [json.loads(line) for line in run("audit", "export", "--data", server.folder, "--action", "access").stdout.splitlines()]
            self.assertEqual([line["action"] for line in lines], ["access.create_token"])
            self.assertEqual(run("audit", "export", "--data", server.folder, "--since", "soon", check=False).returncode, 2)


@needs_folder
class UpgradedStores(unittest.TestCase):
    def test_a_store_without_a_mark_is_marked_and_its_chain_still_verifies(self):
        kept = sorted((pathlib.Path(__file__).resolve().parent / "upgrade").glob("*.sql"))
        for path in kept:
            folder = tempfile.mkdtemp(prefix="frontline-")
            database = sqlite3.connect(os.path.join(folder, "frontline.sqlite"))
            database.executescript(path.read_text(encoding="utf-8"))
            database.close()
            before = json.loads(run("audit", "verify", "--data", folder).stdout)
            self.assertTrue(before["ok"], before)
            run("token", "create", "--data", folder, "--subject", "anna", "--role", "agent")
            after = json.loads(run("audit", "verify", "--data", folder, "--head", before["head"]).stdout)
            self.assertTrue(after["ok"], after)
            self.assertEqual(after["head_at"], before["entries"])
            shutil.rmtree(folder)


if __name__ == "__main__":
    unittest.main()
