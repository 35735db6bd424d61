import Foundation
import IEEEDecimal
import Testing

@Suite(
    .enabled(
        if: DecTestFiles.folder != nil,
        "No decTest files: set FRONTLINE_DECTEST to a folder with dqAdd.decTest, such as Lib/test/decimaltestdata of CPython."
    )
)
struct DecTests {
    @Test(arguments: DecTestFiles.names)
    func agreesWithEveryCase(of file: String) throws {
        try run(file) { DecTestRunner.reasonToSkip($0) }
    }

    /// The files for any precision have parts with 34 digits, though with other limits of the exponent.
    @Test(arguments: ["exp", "ln", "log10", "power"])
    func agreesWithTheCasesOfThirtyFourDigits(of file: String) throws {
        try run(file) { test in
            let limited = ["overflow", "underflow", "subnormal", "clamped", "invalid_context"]
            let isOther = test.precision != 34 || limited.contains { test.conditions.contains($0) }
            if isOther || !DecTestRunner.readsExactly(test) { return .otherFormat }
            return DecTestRunner.reasonToSkip(test)
        }
    }

    private func run(_ file: String, skipping reasonToSkip: (DecTestCase) -> DecTestRunner.Skip?) throws {
        let folder = try #require(DecTestFiles.folder)
        let data = try Data(contentsOf: folder.appending(path: file + ".decTest"))
        var passed = 0
        for test in DecTestCase.cases(in: String(decoding: data, as: UTF8.self)) where reasonToSkip(test) == nil {
            if try check(test) { passed += 1 }
        }
        #expect(passed > 0)
    }

    private func check(_ test: DecTestCase) throws -> Bool {
        var runner = DecTestRunner(test)
        let outcome = runner.run()
        let (result, status) = try #require(outcome, "unknown operation \(test.operation)")
        let agrees = result.lowercased() == test.result.lowercased() && runner.isExpected(status)
        let conditions = test.conditions.joined(separator: " ")
        #expect(
            agrees,
            "\(test.id) \(test.operation) \(test.operands) -> \(test.result) \(conditions), not \(result) \(status)"
        )
        return agrees
    }

    @Test
    func readsAllFiles() {
        #expect(DecTestFiles.names.count >= 42)
    }
}
