/// Checks decision models without evaluating them.
public enum RuleCheck {
    /// What a check found.
    public struct Report: Sendable {
        /// The files that were checked.
        public let files: [String]
        /// What was found, file by file.
        public let findings: [Finding]

        /// Whether no finding is an error.
        public var isValid: Bool { !findings.contains { $0.severity == .error } }
    }

    /// Checks a model, or all models below a folder: structure, references, types, names, and for each decision table
    /// gaps, overlaps, unreachable and duplicate rules.
    public static func run(_ path: String) -> Report {
        guard let isFolder = RuleFiles.isFolder(path) else {
            let finding = Finding(.error, .unreadable, "there is no such file or folder", at: Location(file: path))
            return Report(files: [], findings: [finding])
        }
        let files = isFolder ? RuleFiles.files(below: path, extension: "dmn") : [path]
        var findings: [Finding] = []
        if files.isEmpty {
            findings.append(Finding(.error, .missing, "the folder holds no models", at: Location(file: path)))
        }
        for file in files {
            findings += check(file)
        }
        return Report(files: files, findings: findings)
    }

    /// Checks a compiled model: what was found when it was compiled, and the analysis of its own tables.
    public static func findings(of model: CompiledModel) -> [Finding] {
        let file = model.source.file
        let tables = model.tables.filter { $0.source.location.file == file }
        return model.findings + tables.flatMap { TableAnalysis.findings(of: $0) }
    }

    private static func check(_ file: String) -> [Finding] {
        guard let bytes = RuleFiles.contents(of: file) else {
            return [Finding(.error, .unreadable, "the file cannot be read", at: Location(file: file))]
        }
        do {
            let files = RuleFiles()
            return findings(of: try CompiledModel(bytes, file: file) { files.load($0, importer: $1) })
        } catch {
            return error.findings
        }
    }
}
