import LibXML

/// Runs files of test cases in the form of the public conformance suite.
public enum RuleTests {
    /// Runs the tests of files and folders; folders recursively, files of other kinds in them are passed over.
    ///
    /// The model a file names is sought beside it, then in the parent folder. Models are compiled once for each file.
    ///
    /// - Parameters:
    ///   - paths: Files and folders.
    ///   - settings: The clock and the bounds.
    /// - Returns: The outcome of every case, and what could not be read.
    public static func run(paths: [String], settings: EvaluationSettings = EvaluationSettings()) -> RuleTestReport {
        var results: [RuleTestResult] = []
        var findings: [Finding] = []
        for path in paths {
            guard let isFolder = RuleFiles.isFolder(path) else {
                findings.append(
                    Finding(.error, .unreadable, "there is no such file or folder", at: Location(file: path))
                )
                continue
            }
            let before = results.count
            for file in isFolder ? RuleFiles.files(below: path, extension: "xml") : [path] {
                run(file: file, isNamed: !isFolder, settings, &results, &findings)
            }
            if isFolder, results.count == before {
                findings.append(Finding(.error, .missing, "the folder holds no test cases", at: Location(file: path)))
            }
        }
        return RuleTestReport(results: results, findings: findings)
    }

    private static func run(
        file: String,
        isNamed: Bool,
        _ settings: EvaluationSettings,
        _ results: inout [RuleTestResult],
        _ findings: inout [Finding]
    ) {
        let tests: TestCaseFile
        switch read(file, isNamed: isNamed) {
        case .success(let read): tests = read
        case .failure(let finding):
            if let finding {
                findings.append(finding)
            }
            return
        }
        findings += tests.findings
        guard let path = modelPath(tests.modelName, beside: file) else {
            let message = "the model '\(tests.modelName ?? "")' is neither beside the file nor in the parent folder"
            findings.append(Finding(.error, .unreadable, message, at: Location(file: file)))
            results += tests.cases.map { result(file, $0, failure: message) }
            return
        }
        do {
            let files = RuleFiles()
            let model = try CompiledModel(RuleFiles.contents(of: path) ?? [], file: path) {
                files.load($0, importer: $1)
            }
            let runner = TestCaseRunner(model: model, settings: settings)
            results += tests.cases.map { result(file, $0, runner.run($0)) }
        } catch {
            findings += error.findings
            results += tests.cases.map { result(file, $0, failure: "\(error)") }
        }
    }

    // MARK: Files

    private enum Reading {
        case success(TestCaseFile)
        case failure(Finding?)
    }

    private static func read(_ file: String, isNamed: Bool) -> Reading {
        do {
            let document = try XMLDocument(path: file)
            if let tests = TestCaseReader.read(document.root, file: file) {
                return .success(tests)
            }
            let message = "the root is '\(document.root.name)', expected 'testCases'"
            return .failure(isNamed ? Finding(.error, .unsupported, message, at: Location(file: file)) : nil)
        } catch {
            return .failure(error.finding(in: file))
        }
    }

    private static func modelPath(_ name: String?, beside file: String) -> String? {
        let folder = RuleFiles.folder(of: file)
        guard let name, !name.isEmpty else {
            let models = RuleFiles.files(in: folder, extension: "dmn")
            return models.count == 1 ? models[0] : nil
        }
        let bare = name.split(separator: "/").last.map(String.init) ?? name
        let above = RuleFiles.parent(of: folder)
        for place in [folder, above] {
            for candidate in [bare, bare + ".dmn"] {
                let path = RuleFiles.join(place, candidate)
                if RuleFiles.isFolder(path) == false {
                    return path
                }
            }
        }
        return nil
    }

    // MARK: Results

    private static func result(_ file: String, _ test: TestCaseFile.Case, failure: String) -> RuleTestResult {
        let nodes = test.results.map {
            RuleTestResult.Node(name: $0.name, expectsError: $0.expectsError, passed: false, message: failure)
        }
        return result(file, test.id, nodes, .failed, failure)
    }

    private static func result(
        _ file: String,
        _ test: TestCaseFile.Case,
        _ answer: TestCaseRunner.Answer
    ) -> RuleTestResult {
        if let external = answer.external {
            return result(file, test.id, answer.nodes, .skipped, external)
        }
        let failures = answer.nodes.filter { !$0.passed }.map(\.message)
        return result(
            file,
            test.id,
            answer.nodes,
            failures.isEmpty ? .passed : .failed,
            failures.joined(separator: "; ")
        )
    }

    private static func result(
        _ file: String,
        _ id: String,
        _ nodes: [RuleTestResult.Node],
        _ outcome: RuleTestResult.Outcome,
        _ message: String
    ) -> RuleTestResult {
        let parts = file.split(separator: "/").map(String.init)
        let name = parts.last ?? file
        return RuleTestResult(
            folder: parts.dropLast().suffix(2).joined(separator: "/"),
            file: name.hasSuffix(".xml") ? String(name.dropLast(4)) : name,
            path: file,
            id: id,
            nodes: nodes,
            outcome: outcome,
            message: message
        )
    }
}
