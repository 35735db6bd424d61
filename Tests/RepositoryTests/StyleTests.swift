import Foundation
import Testing

/// Habits that no linter knows.
@Suite struct StyleTests {
    @Test func `no source file is longer than 500 lines`() throws {
        for file in Repository.swiftFiles("Sources") {
            let lines = try String(contentsOf: file, encoding: .utf8).split(
                separator: "\n",
                omittingEmptySubsequences: false
            )
            #expect(lines.count <= 501, "\(file.lastPathComponent)")
        }
    }

    @Test func `nothing is left undone and nothing is unchecked without a proof`() throws {
        for file in Repository.swiftFiles("Sources") {
            let lines = try String(contentsOf: file, encoding: .utf8).split(
                separator: "\n",
                omittingEmptySubsequences: false
            )
            for (index, line) in lines.enumerated() {
                let place = "\(file.lastPathComponent):\(index + 1)"
                for word in ["TO" + "DO", "FIX" + "ME", "fatal" + "Error("] {
                    #expect(!line.contains(word), "\(place)")
                }
                guard line.contains("@unchecked Sendable") || line.contains("nonisolated(unsafe)") else { continue }
                // A subclass restates what its base class has proved.
                if line.contains(#/class \w+: \w+, @unchecked Sendable/#) { continue }
                let before = lines[max(0, index - 8)...index]
                #expect(before.contains { $0.contains("//") }, "\(place): no comment proves this safe")
            }
        }
    }

    /// Files that read or write before a server serves, or only for commands.
    private static let mayBlock: Set<String> = [
        // The store itself.
        "Store.swift",
        // Opening and upgrading a data folder.
        "DataFolder.swift", "FrontlineServer.swift", "PrivateNames.swift", "TokenUpgrade.swift", "ScoreUpgrade.swift",
        "CustomerSpelling.swift", "KnowledgeIndex.swift",
        // Looking up the articles named by scripts in files, for commands.
        "ScriptArticles.swift",
    ]

    @Test func `a server never blocks a cooperative thread for the store`() throws {
        let modules = try Repository.modules().filter { $0 != "frontline" }
        for file in modules.flatMap({ Repository.swiftFiles("Sources/\($0)") }) {
            guard !Self.mayBlock.contains(file.lastPathComponent) else { continue }
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(!text.contains(#/[sS]tore\.(?:read|write)Now\b/#), "\(file.lastPathComponent)")
        }
    }

    /// A test that is renamed there would count as one that did not run.
    @Test func `the tests that CI expects to run exist`() throws {
        let list = try Repository.text("Integration/public_suites.py")
        let expected = list.matches(of: #/\("(\w+)\.(\w+)", "([^"]+)"\)/#)
        #expect(expected.count >= 10)
        for test in expected {
            let (_, module, suite, name) = test.output
            let texts = try Repository.swiftFiles("Tests/\(module)").map { try String(contentsOf: $0, encoding: .utf8) }
            let declaring = texts.filter { $0.contains(" \(suite) {") }
            #expect(
                declaring.contains { $0.contains("func \(name)(") || $0.contains("func `\(name)`(") },
                "\(module).\(suite): \(name)"
            )
        }
    }

    @Test func `no test prints what it should expect`() throws {
        for file in Repository.swiftFiles("Tests") where file.lastPathComponent != "ArithmeticBenchmark.swift" {
            for (index, line) in try String(contentsOf: file, encoding: .utf8).split(
                separator: "\n",
                omittingEmptySubsequences: false
            ).enumerated() {
                let isPrinting = line.contains(#/(?:^\s*|return |\{ )print\(/#)
                #expect(!isPrinting, "\(file.lastPathComponent):\(index + 1)")
            }
        }
    }

    @Test func `the tree speaks of no machine it was made on`() throws {
        let folders = ["Sources", "Tests", "Integration", "knowledge", "rules"]
        let files = folders.flatMap { folder in
            let walker = FileManager.default.enumerator(
                at: Repository.root.appendingPathComponent(folder),
                includingPropertiesForKeys: nil
            )
            return walker?.compactMap { $0 as? URL } ?? []
        }
        let traces = ["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/"]
        for file in files {
            guard let text = try? String(contentsOf: file, encoding: .utf8) else { continue }
            for trace in traces { #expect(!text.contains(trace), "\(file.lastPathComponent)") }
        }
    }

    @Test func `every error that leaves its module describes itself in words`() throws {
        let texts = try Repository.modules().map { module in
            try Repository.swiftFiles("Sources/\(module)")
                .map { try String(contentsOf: $0, encoding: .utf8) }.joined(separator: "\n")
        }
        var found = 0
        for text in texts {
            for match in text.matches(
                of: #/(?:public|package) (?:struct|enum) (\w+): (?:[\w, ]+, )?Error\b([\w, ]*) \{/#
            ) {
                found += 1
                let describes =
                    match.2.contains("CustomStringConvertible")
                    || text.contains("extension \(match.1): CustomStringConvertible")
                #expect(describes, "\(match.1) would be shown as Swift prints it")
            }
        }
        #expect(found > 20)
    }
}
