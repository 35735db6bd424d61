import DMN
import Foundation
import Testing

/// The benchmark reads its folder and measures what it should.
@Suite struct BenchmarkTests {
    @Test func measuresEachTableOfAFolder() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("dmn-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for rows in [2, 10] {
            let table = TestModel.table(
                inputs: [("role", "string", nil), ("amount", "number", nil)],
                outputs: [("outcome", "string", nil, nil), ("limit", "number", nil, nil)],
                rows: (0..<rows).map { ["\"tier\"", "(\($0)..\($0 + 1)]", "\"approved\"", "\($0)"] }
            )
            let model = TestModel.xml(
                TestModel.input("role", type: "string") + TestModel.input("amount", type: "number")
                    + TestModel.decision("limit", logic: table, inputs: ["role", "amount"])
            )
            try Data(model.utf8).write(to: folder.appendingPathComponent("limits-\(rows).dmn"))
            let cases = "[{\"role\": \"tier\", \"amount\": 0.1}, {\"role\": \"tier\", \"amount\": 2}]"
            try Data(cases.utf8).write(to: folder.appendingPathComponent("cases-\(rows).json"))
        }
        let figures = try RuleBenchmark.run(folder.path, duration: .milliseconds(5))
        #expect(figures.map(\.rows) == [2, 10])
        #expect(figures.allSatisfy { $0.undecided == 0 && $0.explainedMicroseconds > 0 })
        #expect(figures[0].json.hasPrefix("{\"engine\": \"frontline\", \"rows\": 2, \"single_us\": "))
    }

    @Test func foldersWithoutTablesAreRefused() throws {
        let error = #expect(throws: DMNError.self) { try RuleBenchmark.run("/no/such/folder") }
        #expect(error?.code == .unreadable)
    }
}
