import FEEL
import Foundation
import IEEEDecimal

/// Measures decisions on refund-limit tables of growing size.
///
/// The folder holds `limits-N.dmn`, a model with the decision `limit`, and `cases-N.json`, a list of objects with the
/// inputs, for one or several N.
public enum RuleBenchmark {
    /// The figures for one table.
    public struct Measurement: Sendable {
        /// The number of rules.
        public let rows: Int
        /// Microseconds a decision, one at a time, the value alone.
        public let singleMicroseconds: Double
        /// Microseconds a decision with its explanation, the ids of the rules read.
        public let explainedMicroseconds: Double
        /// Milliseconds to read and compile the model.
        public let compileMilliseconds: Double
        /// Cases that no rule, or not just one, matched; 0 when the tables are as they should be.
        public let undecided: Int

        /// The figures as one line of JSON.
        public var json: String {
            func text(_ value: Double) -> String { String(format: "%.3f", value) }
            return "{\"engine\": \"frontline\", \"rows\": \(rows), \"single_us\": \(text(singleMicroseconds)), "
                + "\"explained_us\": \(text(explainedMicroseconds))}"
        }
    }

    /// Measures all tables of a folder, smallest first, on one thread.
    ///
    /// - Parameters:
    ///   - folder: The folder.
    ///   - duration: How long each of the two figures of a table is measured.
    /// - Returns: The figures, one for each table.
    /// - Throws: ``DMNError/Code/unreadable`` when the folder holds no tables or their cases cannot be read.
    public static func run(
        _ folder: String,
        duration: Duration = .seconds(1)
    ) throws(DMNError) -> [Measurement] {
        let sizes = RuleFiles.files(in: folder, extension: "dmn").compactMap { size(of: $0) }.sorted()
        guard !sizes.isEmpty else {
            throw DMNError(.unreadable, "the folder '\(folder)' holds no files 'limits-N.dmn'")
        }
        var result: [Measurement] = []
        for size in sizes {
            result.append(try measure(folder, size, duration))
        }
        return result
    }

    private static func size(of path: String) -> Int? {
        let name = path.split(separator: "/").last ?? ""
        guard name.hasPrefix("limits-"), name.hasSuffix(".dmn") else {
            return nil
        }
        return Int(name.dropFirst("limits-".count).dropLast(".dmn".count))
    }

    private static func measure(_ folder: String, _ size: Int, _ duration: Duration) throws(DMNError) -> Measurement {
        let path = RuleFiles.join(folder, "limits-\(size).dmn")
        guard let bytes = RuleFiles.contents(of: path) else {
            throw DMNError(.unreadable, "'\(path)' cannot be read")
        }
        let start = ContinuousClock.now
        let model = try CompiledModel(bytes, file: path)
        let compile = milliseconds(since: start)
        let decision = try model.decision(named: model.decisionNames.last ?? "limit")
        let cases = try readCases(RuleFiles.join(folder, "cases-\(size).json"), for: decision)
        let session = DecisionSession(decision)
        let undecided = cases.count { session.evaluate($0).value.isNull }
        var matched = 0
        let single = bestMicroseconds(cases, duration) { matched &+= session.value($0).isNull ? 1 : 0 }
        let explained = bestMicroseconds(cases, duration) {
            matched &+= session.evaluate($0).explanation.matchedRules.count
        }
        precondition(matched >= 0)
        return Measurement(
            rows: model.source.decisions.last?.ruleCount ?? size,
            singleMicroseconds: single,
            explainedMicroseconds: explained,
            compileMilliseconds: compile,
            undecided: undecided
        )
    }

    /// The best of several rounds over all cases: what the work costs when nothing else runs.
    private static func bestMicroseconds(
        _ cases: [[Value]],
        _ duration: Duration,
        _ body: ([Value]) -> Void
    ) -> Double {
        var best = Double.infinity
        let deadline = ContinuousClock.now + duration
        repeat {
            let start = ContinuousClock.now
            for values in cases {
                body(values)
            }
            best = min(best, milliseconds(since: start) * 1_000 / Double(max(cases.count, 1)))
        } while ContinuousClock.now < deadline
        return best
    }

    private static func milliseconds(since start: ContinuousClock.Instant) -> Double {
        let passed = (ContinuousClock.now - start).components
        return Double(passed.seconds) * 1e3 + Double(passed.attoseconds) / 1e15
    }

    // MARK: Cases

    private enum Field: Decodable {
        case text(String)
        case number(Double)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .text(text)
            } else {
                self = .number(try container.decode(Double.self))
            }
        }

        var value: Value {
            switch self {
            case .text(let text): .string(text)
            case .number(let number): Decimal128("\(number)").map { .number($0) } ?? .null
            }
        }
    }

    private static func readCases(_ path: String, for decision: CompiledDecision) throws(DMNError) -> [[Value]] {
        guard let bytes = RuleFiles.contents(of: path),
            let cases = try? JSONDecoder().decode([[String: Field]].self, from: Data(bytes))
        else {
            throw DMNError(.unreadable, "'\(path)' is no list of cases")
        }
        return cases.map { fields in
            decision.inputs.map { fields[$0.name]?.value ?? .null }
        }
    }
}

extension Decision {
    /// The number of rules when the logic is a table.
    var ruleCount: Int? {
        if case .table(let table)? = expression?.kind {
            return table.rules.count
        }
        return nil
    }
}
