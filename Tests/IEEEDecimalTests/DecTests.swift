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
        let folder = try #require(DecTestFiles.folder)
        let data = try Data(contentsOf: folder.appending(path: file + ".decTest"))
        var (passed, failed) = (0, 0)
        var skipped: [DecTestRunner.Skip: Int] = [:]
        for test in DecTestCase.cases(in: String(decoding: data, as: UTF8.self)) {
            if let reason = DecTestRunner.reasonToSkip(test) {
                skipped[reason, default: 0] += 1
                continue
            }
            var runner = DecTestRunner(test)
            let outcome = runner.run()
            let (result, status) = try #require(outcome, "unknown operation \(test.operation)")
            let agrees = result.lowercased() == test.result.lowercased() && runner.isExpected(status)
            if agrees { passed += 1 } else { failed += 1 }
            let conditions = test.conditions.joined(separator: " ")
            #expect(
                agrees,
                "\(test.id) \(test.operation) \(test.operands) -> \(test.result) \(conditions), not \(result) \(status)"
            )
        }
        let reasons = skipped.map { "\($0.value) \($0.key.rawValue)" }.joined(separator: ", ")
        print("decTest \(file): passed \(passed), failed \(failed), skipped \(reasons.isEmpty ? "0" : reasons)")
        #expect(passed > 0)
    }

    @Test
    func readsAllFiles() {
        #expect(DecTestFiles.names.count >= 42)
    }
}
