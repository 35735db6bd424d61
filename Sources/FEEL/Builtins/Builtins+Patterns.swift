import Synchronization

extension Builtins {
    static let patterns: [Builtin] = [
        Builtin(
            "matches",
            [
                .init(["input": .string, "pattern": .string], optional: ["flags": .string]) { arguments, call in
                    search(arguments, flags: 2, call) { matcher, _, _ throws(PatternMatcher.Exhausted) in
                        .boolean(try matcher.firstMatch(from: 0) != nil)
                    }
                }
            ]
        ),
        Builtin(
            "replace",
            [
                .init(["input": .string, "pattern": .string, "replacement": .string], optional: ["flags": .string]) {
                    arguments,
                    call in replace(arguments, call)
                }
            ]
        ),
        Builtin(
            "split",
            [
                .init(["string": .string, "delimiter": .string]) { arguments, call in
                    search(arguments, flags: 2, call) { matcher, pattern, text throws(PatternMatcher.Exhausted) in
                        try split(&matcher, text, call)
                    }
                }
            ]
        ),
    ]

    private typealias Search = (inout PatternMatcher, Pattern, [Unicode.Scalar]) throws(PatternMatcher.Exhausted) ->
        Value

    /// Runs a search of the first argument for the pattern of the second.
    private static func search(_ arguments: [Value], flags: Int, _ call: Call, _ body: Search) -> Value? {
        guard case .string(let text) = arguments[0], case .string(let source) = arguments[1] else { return nil }
        var options = ""
        if arguments.count > flags, case .string(let given) = arguments[flags] { options = given }
        do throws(PatternError) {
            guard call.count(Cost.pattern(source)) else { return .null }
            let pattern = try PatternCache.shared.pattern(source, options)
            guard call.count(Cost.use(of: pattern, on: text)) else { return .null }
            let scalars = Array(text.unicodeScalars)
            let limit = call.evaluation.limits.patternSteps
            let allowed = Cost.matcherSteps(allowedBy: call.evaluation.stepsLeft, limit: limit)
            var matcher = PatternMatcher(pattern, scalars, steps: allowed)
            defer { call.evaluation.charge((allowed - max(0, matcher.steps)) / Cost.matcherSteps) }
            do throws(PatternMatcher.Exhausted) {
                return try body(&matcher, pattern, scalars)
            } catch {
                if allowed < limit { return call.evaluation.failForWork(at: call.position) }
                return call.fail(.pattern, "the pattern \(arguments[1]) takes too long")
            }
        } catch {
            return call.fail(.pattern, "\(arguments[1]) is no pattern: \(error.message)")
        }
    }

    private static func split(
        _ matcher: inout PatternMatcher,
        _ text: [Unicode.Scalar],
        _ call: Call
    )
        throws(PatternMatcher.Exhausted) -> Value
    {
        var parts: [Value] = []
        var start = 0
        while let match = try matcher.firstMatch(from: start) {
            guard !match.range.isEmpty else { return call.fail(.pattern, "the delimiter matches no characters") }
            guard call.count(1) else { return .null }
            parts.append(.string(String(String.UnicodeScalarView(text[start..<match.range.lowerBound]))))
            start = match.range.upperBound
        }
        parts.append(.string(String(String.UnicodeScalarView(text[start...]))))
        return call.bounded(parts)
    }

    private static func replace(_ arguments: [Value], _ call: Call) -> Value? {
        guard case .string(let template) = arguments[2] else { return nil }
        return search(arguments, flags: 3, call) { matcher, pattern, text throws(PatternMatcher.Exhausted) in
            guard call.count(Cost.parsing(template)) else { return .null }
            let replacement: Replacement
            do throws(PatternError) {
                replacement = try Replacement(template, for: pattern)
            } catch {
                return call.fail(.pattern, error.message)
            }
            var empty = PatternMatcher(pattern, [], steps: call.evaluation.limits.patternSteps)
            guard try empty.firstMatch(from: 0) == nil else {
                return call.fail(.pattern, "\(arguments[1]) matches no characters")
            }
            var result: [Unicode.Scalar] = []
            var start = 0
            while let match = try matcher.firstMatch(from: start) {
                guard !match.range.isEmpty else { return call.fail(.pattern, "\(arguments[1]) matches no characters") }
                guard call.count(1) else { return .null }
                result += text[start..<match.range.lowerBound]
                replacement.append(match, of: text, to: &result)
                start = match.range.upperBound
                guard result.count <= call.evaluation.limits.stringLength else {
                    return call.fail(.limit, "the string is too long")
                }
            }
            result += text[start...]
            return call.bounded(String(String.UnicodeScalarView(result)))
        }
    }
}

/// The patterns used last, compiled.
private final class PatternCache: Sendable {
    private struct Key: Hashable {
        let text: String
        let flags: String
    }

    static let shared = PatternCache()
    private static let capacity = 256
    private let patterns = Mutex<[Key: Pattern]>([:])

    func pattern(_ text: String, _ flags: String) throws(PatternError) -> Pattern {
        let key = Key(text: text, flags: flags)
        if let known = patterns.withLock({ $0[key] }) { return known }
        let pattern = try Pattern(text, flags: flags)
        patterns.withLock { patterns in
            if patterns.count >= Self.capacity { patterns.removeAll() }
            patterns[key] = pattern
        }
        return pattern
    }
}
