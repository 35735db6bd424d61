/// Collects diagnostics while a script is read.
final class ScriptFindings {
    let file: String
    private(set) var all: [ScriptDiagnostic] = []
    /// The step being read.
    var step: String?

    init(file: String) { self.file = file }

    /// Whether there is at least one error.
    var hasErrors: Bool { all.contains { $0.severity == .error } }

    func error(_ code: ScriptDiagnostic.Code, _ message: String, at place: ScriptPlace) {
        add(.error, code, message, at: place)
    }

    func warning(_ code: ScriptDiagnostic.Code, _ message: String, at place: ScriptPlace) {
        add(.warning, code, message, at: place)
    }

    private func add(
        _ severity: ScriptDiagnostic.Severity,
        _ code: ScriptDiagnostic.Code,
        _ message: String,
        at place: ScriptPlace
    ) {
        guard all.count < ScriptLimits.findings else { return }
        let prefix = step.map { "step “\($0)”: " } ?? ""
        all.append(
            ScriptDiagnostic(
                severity: severity,
                code: code,
                message: prefix + message,
                file: file,
                place: place,
                step: step
            )
        )
    }
}
