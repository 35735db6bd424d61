"""The page of methods agrees with `rpc.discover` and has a call of every method."""
import unittest

import method_reference


class Methods(unittest.TestCase):
    def test_the_page_is_what_the_declarations_say(self):
        method_reference.main(["--check"])


if __name__ == "__main__":
    unittest.main()
