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

    /// The files of test cases that `rules test` runs on a model: those beside it and in the folders beside it that name it.
    ///
    /// Files of other kinds are passed over; of large ones only the beginning is read to tell.
    ///
    /// - Parameter model: The path of the model.
    /// - Returns: The paths in order.
    public static func files(of model: String) -> [String] {
        let folder = RuleFiles.folder(of: model)
        let places = [folder] + RuleFiles.folders(in: folder)
        return places.flatMap { RuleFiles.files(in: $0, extension: "xml") }.filter { file in
            let beginning = RuleFiles.beginning(of: file)
            guard beginning.contains("testCases") else { return false }
            // The cases are read by whoever runs them: a folder has many files, and few are about one model.
            guard let document = try? XMLDocument(path: file) else {
                // It cannot be read to its end; what it says at its beginning must do to know that it is meant.
                return beginning.contains(RuleFiles.name(of: model))
            }
            guard document.root.isNamed("testCases") else { return false }
            let named = modelPath(TestCaseReader.modelName(document.root), beside: file)
            return named.map { RuleFiles.isSame($0, model) } ?? false
        }
    }

    /// Runs files of test cases on a model, whatever model they name.
    ///
    /// - Parameters:
    ///   - documents: The files.
    ///   - model: The model.
    ///   - settings: The clock and the bounds.
    /// - Returns: The outcome of every case, and what could not be read.
    public static func run(
        _ documents: [ModelSource],
        on model: CompiledModel,
        settings: EvaluationSettings = EvaluationSettings()
    ) -> RuleTestReport {
        let runner = TestCaseRunner(model: model, settings: settings)
        var results: [RuleTestResult] = []
        var findings: [Finding] = []
        for document in documents {
            switch read(document) {
            case .success(let tests):
                findings += tests.findings
                results += tests.cases.map { result(document.file, $0, runner.run($0)) }
            case .failure(let finding): findings.append(finding)
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
            return .failure(isNamed ? foreignRoot(document, file) : nil)
        } catch {
            return .failure(error.finding(in: file))
        }
    }

    private static func read(_ source: ModelSource) -> Result<TestCaseFile, Finding> {
        do {
            let document = try XMLDocument(bytes: source.bytes, file: source.file)
            let tests = TestCaseReader.read(document.root, file: source.file)
            return tests.map { .success($0) } ?? .failure(foreignRoot(document, source.file))
        } catch {
            return .failure(error.finding(in: source.file))
        }
    }

    private static func foreignRoot(_ document: XMLDocument, _ file: String) -> Finding {
        let message = "the root is '\(document.root.name)', expected 'testCases'"
        return Finding(.error, .unsupported, message, at: Location(file: file))
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
        return result(file, test, nodes, .failed, failure)
    }

    private static func result(
        _ file: String,
        _ test: TestCaseFile.Case,
        _ answer: TestCaseRunner.Answer
    ) -> RuleTestResult {
        if let external = answer.external {
            return result(file, test, answer.nodes, .skipped, external)
        }
        let failures = answer.nodes.filter { !$0.passed }.map(\.message)
        return result(
            file,
            test,
            answer.nodes,
            failures.isEmpty ? .passed : .failed,
            failures.joined(separator: "; ")
        )
    }

    private static func result(
        _ file: String,
        _ test: TestCaseFile.Case,
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
            id: test.id,
            line: test.line,
            nodes: nodes,
            outcome: outcome,
            message: message
        )
    }
}
