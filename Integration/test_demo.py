"""The demo runs from start to end, without a terminal and in eighty columns."""
import os
import subprocess
import sys
import unittest

from frontline_process import ROOT, binary


class Demonstration(unittest.TestCase):
    def test_the_recorded_contact_is_played_to_its_end(self):
        done = subprocess.run(
            [sys.executable, str(ROOT / "Integration" / "demo" / "play.py"), "--fast", "--width", "80"],
            capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL,
            env={**os.environ, "FRONTLINE_BINARY": binary(), "PYTHONIOENCODING": "utf-8"})
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        lines = done.stdout.splitlines()
        self.assertLessEqual(max(map(len, lines)), 80)
        self.assertNotIn("\033", done.stdout)
        text = " ".join(done.stdout.split())
        for part in ("article:", "script:", "You get 9.90 EUR back", "pending", "! ", "approved by sofia", "2 settlements"):
            self.assertIn(part, text)


if __name__ == "__main__":
    unittest.main()
