import FEEL

extension Function {
    /// Calls the function with named arguments (clause 10.3.2.13.5): parameters without an argument are null, an
    /// argument without a parameter makes the call null.
    func call(named arguments: [(name: String, value: Value)], _ run: Run) -> Value {
        var values = [Value](repeating: .null, count: parameters.count)
        for (name, value) in arguments {
            guard let index = parameters.firstIndex(where: { $0.name == name }) else {
                return run.evaluation.fail(
                    .invocation,
                    at: SourcePosition(),
                    "'\(self.name)' has no parameter '\(name)'"
                )
            }
            values[index] = value
        }
        return call(values, run.evaluation)
    }
}
