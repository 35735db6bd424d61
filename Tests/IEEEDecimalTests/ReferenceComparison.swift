import Foundation
import IEEEDecimal
import Testing

/// The Swift side of Integration/decimal/compare.py.
///
/// Reads cases in the syntax of the decTest files (results may be `?`) and writes one line a case: its result and the raw
/// status.
@Suite
struct ReferenceComparison {
    private static let cases = ProcessInfo.processInfo.environment["FRONTLINE_DECIMAL_CASES"]
    private static let results = ProcessInfo.processInfo.environment["FRONTLINE_DECIMAL_RESULTS"]

    @Test(.enabled(if: cases != nil && results != nil, "Run Integration/decimal/compare.py."))
    func writesResults() throws {
        let (cases, results) = try (#require(Self.cases), #require(Self.results))
        let text = String(decoding: try Data(contentsOf: URL(filePath: cases)), as: UTF8.self)
        var output = ""
        for test in DecTestCase.cases(in: text) {
            var runner = DecTestRunner(test)
            let outcome = runner.run()
            let (result, status) = try #require(outcome, "unknown operation \(test.operation)")
            output += "\(result) \(status.rawValue)\n"
        }
        try Data(output.utf8).write(to: URL(filePath: results))
    }
}
