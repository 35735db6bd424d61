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
        var (passed, failed, null, unknown) = (0, 0, 0, 0)
        for test in DecTestCase.cases(in: String(decoding: data, as: UTF8.self)) {
            guard var runner = DecTestRunner(test) else {
                null += 1
                continue
            }
            guard let (result, status) = runner.run() else {
                unknown += 1
                continue
            }
            let agrees = result.lowercased() == test.result.lowercased() && status == runner.expectedStatus
            if agrees { passed += 1 } else { failed += 1 }
            let conditions = test.conditions.joined(separator: " ")
            #expect(
                agrees,
                "\(test.id) \(test.operation) \(test.operands) -> \(test.result) \(conditions), not \(result) \(status)"
            )
        }
        print("decTest \(file): passed \(passed), failed \(failed), null operand \(null), unknown operation \(unknown)")
        #expect(passed > 0 && unknown == 0)
    }

    @Test
    func readsAllFiles() {
        #expect(DecTestFiles.names.count >= 42)
    }
}
