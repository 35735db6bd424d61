"""A copy of the package with mutants in it, reduced to what their tests need."""
import collections
import json
import pathlib
import re
import subprocess

from .sites import ROOT, Site

COPIED = ("Package.resolved", "Sources", "Tests", "knowledge", "rules", "Integration", "docs")

# Appended to the manifest: only the wanted test targets and what they are built from.
REDUCTION = """
var wanted: Set<String> = [{tests}]
var unseen = wanted
while let name = unseen.popFirst() {{
    for dependency in package.targets.first(where: {{ $0.name == name }})?.dependencies ?? [] {{
        guard case .byNameItem(let other, _) = dependency, wanted.insert(other).inserted else {{ continue }}
        unseen.insert(other)
    }}
}}
package.targets.removeAll {{ !wanted.contains($0.name) }}
package.products = []
"""

# In every mutated module. A mutant that is reached leaves a mark in the file that MUTANTS_REACHED names.
SWITCH = """import Foundation

private let active = Int(ProcessInfo.processInfo.environment["MUTANT"] ?? "") ?? -1
nonisolated(unsafe) private let reached: UnsafeMutableRawPointer? = {
    guard let path = ProcessInfo.processInfo.environment["MUTANTS_REACHED"] else { return nil }
    let memory = mmap(nil, %d, PROT_READ | PROT_WRITE, MAP_SHARED, open(path, O_RDWR), 0)
    return memory == MAP_FAILED ? nil : memory
}()

func frontlineMutant(_ number: Int) -> Bool {
    reached?.storeBytes(of: 1, toByteOffset: number, as: UInt8.self)
    return number == active
}
"""

MOST_MUTANTS = 4_096


class Tree:
    """A folder that is kept, so that a second run builds little."""

    def __init__(self, folder, tests, build_options):
        self.folder, self.tests, self.build_options = folder, sorted(tests), build_options
        self.list = folder / "mutants.json"

    def write(self, chosen):
        """Brings the sources into the folder with the chosen mutants in them, leaving what was built there."""
        planted = self.planted(chosen)
        for name in COPIED:
            source, target = ROOT / name, self.folder / name
            if source.is_file():
                write(target, source.read_bytes())
            if not source.is_dir():
                continue
            wanted = {
                path.relative_to(ROOT) for path in source.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
            wanted |= {path for path in planted if path.parts[0] == name}
            for path in wanted:
                write(self.folder / path, planted[path] if path in planted else (ROOT / path).read_bytes())
            for path in list(target.rglob("*")):
                if path.is_file() and path.relative_to(self.folder) not in wanted:
                    path.unlink()
        tests = ", ".join(f'"{name}"' for name in self.tests)
        write(
            self.folder / "Package.swift", (ROOT / "Package.swift").read_bytes() + REDUCTION.format(tests=tests).encode())

    def planted(self, chosen):
        """The rewritten files and, for each module, what they call."""
        by_file, by_module, planted = collections.defaultdict(list), collections.defaultdict(list), {}
        for site in chosen:
            by_file[site.path].append(site)
            by_module[site.path.parts[1]].append(site)
        for path, sites in by_file.items():
            lines = (ROOT / path).read_text().split("\n")
            for site in sorted(sites, key=lambda site: (site.line, site.start), reverse=True):
                line = lines[site.line]
                lines[site.line] = line[:site.start] + site.rewritten() + line[site.start + len(site.text):]
            planted[path] = "\n".join(lines).encode()
        for module, sites in by_module.items():
            declarations = "".join(site.declaration() for site in sorted(sites, key=lambda site: site.number))
            planted[pathlib.Path("Sources") / module / "Mutants.swift"] = (SWITCH % MOST_MUTANTS + declarations).encode()
        return planted

    def build(self):
        """Builds the tests; returns the places of the errors, and the output; no places after success."""
        done = subprocess.run(
            ["swift", "build", "--build-tests", *self.build_options], cwd=self.folder, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True)
        places = {
            (pathlib.Path(path), int(line) - 1)
            for path, line in re.findall(r"(Sources/\S+?\.swift):(\d+):\d+: error", done.stdout)}
        return done.returncode == 0, places, done.stdout

    def build_those_that_compile(self, chosen, spare, tell):
        """Builds with the chosen mutants; `spare(site)` gives others for one that does not compile. Returns those that are in."""
        while True:
            self.write(chosen)
            self.remember(chosen)
            tell(f"building {len(chosen)} mutants")
            built, places, output = self.build()
            if built:
                return chosen
            dropped = [site for site in chosen if (site.path, site.line) in places]
            for path, line in places if not dropped else ():
                # A missing return is reported at the end of the function.
                before = [site for site in chosen if site.path == path and site.line <= line]
                dropped += [max(before, key=lambda site: site.line)] if before else []
            if not dropped:
                raise SystemExit("\n".join(line for line in output.splitlines() if "error" in line) or output[-4_000:])
            chosen = [site for site in chosen if site not in dropped]
            for site in dropped:
                chosen += spare(site, chosen)

    def remember(self, chosen):
        """Notes which mutants the build has."""
        self.list.write_text(json.dumps([
            {"number": site.number, "part": site.part, "file": str(site.path), "line": site.line, "start": site.start,
             "text": site.text, "source": site.source, "seeds": sorted(site.seeds)} for site in chosen]))

    def remembered(self):
        """The mutants of the last build, where the sources have them now; those whose line is gone are left out."""
        found = []
        for entry in json.loads(self.list.read_text()):
            path = pathlib.Path(entry["file"])
            lines = (ROOT / path).read_text().split("\n") if (ROOT / path).exists() else []
            same = [number for number, line in enumerate(lines) if line == entry["source"]]
            if not same:
                continue
            line = min(same, key=lambda number: abs(number - entry["line"]))
            site = Site(entry["part"], path, line, entry["start"], entry["text"], entry["source"])
            site.number, site.seeds = entry["number"], set(entry["seeds"])
            found.append(site)
        return found

    @property
    def program(self):
        """The tests that were built."""
        return self.folder / ".build" / "debug" / "frontlinePackageTests.xctest"


def write(path, data):
    """Writes a file only when it differs, so that it is not built again."""
    if not path.exists() or path.read_bytes() != data:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
