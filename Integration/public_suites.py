"""Check that the suites over public data, and those on a PostgreSQL server, ran if it exists.

usage: public_suites.py REPORT.xml...      (reports of the tests in the format of JUnit)

Exit 1 if the data or the server of a suite exists, or FRONTLINE_DATA names it, and the reports list the suite as skipped or not at all. Every
skipped test is printed.
"""
import os
import re
import subprocess
import sys
import sysconfig
import xml.etree.ElementTree as ET

from frontline_process import has_test_data

PUBLIC = [
    ("DMNTests.ConformanceTests", "everyCaseOfTheSuitePasses"),
    ("JSONRPCTests.JSONTestSuiteTests", "everyFileIsDecidedAsItsNameSays"),
    ("JSONRPCTests.JSONTestSuiteTests", "everyFileSentAsALineIsAnswered"),
    ("JSONRPCTests.DispatcherTests", "answersTheExamplesOfTheSpecification"),
    ("LibXMLTests.XMLHostileTests", "endsQuicklyInBoundedMemory"),
    ("KnowledgeTests.DialectTests", "readsRealCollections"),
    ("KnowledgeTests.MediaWikiTests", "readsARealDump"),
    ("RedactionTests.RedactionDataTests", "spelled-out values are found, and messages without any are unchanged"),
    ("RedactionTests.RedactionDataTests", "ordinary texts are unchanged"),
    ("SentimentTests.DissatisfactionTests", "dissatisfied turns are found better than by the rule-based peer"),
    ("AssistTests.SuggestionMeasureTests", "banking"),
    ("AssistTests.ScriptMeasureTests", "banking"),
]
DECIMALS = [
    ("IEEEDecimalTests.DecTests", "agreesWithEveryCase"),
    ("IEEEDecimalTests.DecTests", "agreesWithTheCasesOfThirtyFourDigits"),
]

# Other suites run on PostgreSQL as well; these have nothing else to run on.
POSTGRES = [
    ("PostgresStorageTests.NodeTests", "nodes that check before they insert never both do"),
    ("PostgresStorageTests.LossTests", "a commit whose answer is lost is found out to have happened, and is not done twice"),
    ("PostgresStorageTests.StatementTests", "values of every kind come back as they were"),
]


def has_postgres():
    """Whether a PostgreSQL server is installed."""
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "postgres.sh")
    return subprocess.run(["bash", script], check=False).returncode != 77


def has_decimal_cases():
    """Whether the decTest cases exist: named, or beside Python's standard library."""
    beside = os.path.join(sysconfig.get_path("stdlib"), "test", "decimaltestdata", "dqAdd.decTest")
    return "FRONTLINE_DECTEST" in os.environ or os.path.exists(beside)


def tests(paths):
    """The tests of the reports: whether each was skipped, by suite and name."""
    result = {}
    for path in paths:
        for case in ET.parse(path).iter("testcase"):
            name = re.sub(r"\([^()]*\)$", "", case.get("name", "")).strip("`")
            result[(case.get("classname", ""), name)] = case.find("skipped") is not None
    return result


def main():
    found = tests(sys.argv[1:])
    for suite, name in sorted(key for key, is_skipped in found.items() if is_skipped): print(f"skipped: {suite} {name}")
    wanted = (PUBLIC if has_test_data() else []) + (DECIMALS if has_decimal_cases() else [])
    wanted += POSTGRES if has_postgres() else []
    missing = [test for test in wanted if found.get(test, True)]
    for suite, name in missing: print(f"did not run, although its data or server exists: {suite} {name}", file=sys.stderr)
    return 1 if missing or not found else 0


if __name__ == "__main__":
    sys.exit(main())
