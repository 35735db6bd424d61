import DMN
import FEEL
import Foundation
import Policies
package import Scripting
import Vocabulary

/// Checks scripts in files together with the scripts and decision models around them, without a server.
///
/// Sub-scripts, policies and extractors are searched in the given paths, in the folders of the scripts, and in their parent
/// folders.
package struct ScriptFiles {
    /// A requested script.
    package struct File: Sendable {
        package let path: String
        package let source: String
        /// The script and its diagnostics.
        package let reading: ScriptReading
    }

    /// The requested files, checked.
    package let files: [File]

    /// Reads and checks scripts.
    ///
    /// - Parameters:
    ///   - paths: files, and folders including subfolders; in folders only files that look like scripts are read.
    ///   - article: looks up articles that scripts name; nil to leave them unchecked.
    /// - Throws: ``FileError`` for a path that cannot be read.
    package init(_ paths: [String], article: ScriptSurroundings.Articles? = nil) throws(FileError) {
        let asked = try SourceFiles.list(paths, recursively: true) {
            SourceFiles.isYAML($0) && Self.looksLikeScript($0)
        }
        let seen = Set(asked)
        var read: [File] = []
        for path in asked {
            let source = try SourceFiles.text(path)
            read.append(File(path: path, source: source, reading: ScriptReader.read(source, file: path)))
        }
        let folders = Self.neighbours(of: asked, paths)
        // Neighbours only complete what is checked: one that cannot be read is reported when it is checked itself.
        let around = folders.flatMap { Self.files(in: $0, extensions: ["yaml", "yml"]) }
            .filter { !seen.contains($0) && Self.looksLikeScript($0) }
            .compactMap { path in (try? SourceFiles.text(path)).map { ScriptReader.read($0, file: path) } }
        var scripts: [String: ScriptDefinition] = [:]
        for draft in (around + read.map(\.reading)).compactMap(\.draft) { scripts[draft.id] = draft }
        let extractors = Self.extractors(in: folders)
        let policies = PolicyFiles(folders.flatMap { Self.files(in: $0, extensions: ["dmn"]) })
        let known = scripts
        let surroundings = ScriptSurroundings(
            script: { known[$0] },
            decisions: { policies.decisions(of: $0) },
            decide: { try policies.decide($0, $1, $2, $3) },
            article: article,
            extractors: extractors
        )
        files = read.map { file in
            File(
                path: file.path,
                source: file.source,
                reading: ScriptCheck.complete(file.reading, surroundings: surroundings)
            )
        }
    }

    /// The extractors of the first folder that has a file of them; nil for none, or for a file with errors.
    ///
    /// Errors in it are reported by `rules check`; references to it are then not checked.
    private static func extractors(in folders: [String]) -> ExtractorBook? {
        for folder in folders {
            let path = folder + "/" + ExtractorStore.name + ".yaml"
            guard FileManager.default.fileExists(atPath: path), let text = try? SourceFiles.text(path) else { continue }
            return ExtractorBook.read(text, file: path).book
        }
        return nil
    }

    /// The policies in files, by file name.
    private struct PolicyFiles: Sendable {
        private let policies: [String: Policy]

        init(_ paths: [String]) {
            let sources = paths.compactMap { path in
                FileManager.default.contents(atPath: path).map { ModelSource(bytes: Array($0), file: path) }
            }
            // Models with errors are reported by `rules check`; a script that names one finds no such policy.
            let namespaces = sources.map { (try? DecisionModel.read($0.bytes, file: $0.file))?.0.namespace }
            var policies: [String: Policy] = [:]
            for source in sources {
                let name = URL(fileURLWithPath: source.file).deletingPathExtension().lastPathComponent
                let model = try? CompiledModel(source.bytes, file: source.file) { wanted, _ in
                    zip(sources, namespaces).first { $0.1 == wanted.namespace }?.0
                }
                guard let model else { continue }
                policies[name] = Policy(name: name, version: 0, sha256: "", model: model)
            }
            self.policies = policies
        }

        func decisions(of name: String) -> Set<String>? {
            policies[name].map { Set($0.model.decisionNames + $0.model.serviceNames) }
        }

        func decide(_ name: String, _ decision: String, _ inputs: JSONObject, _ subject: ScriptSubject) throws -> JSON {
            guard let policy = policies[name] else {
                throw PolicyError(.notFound, "there is no policy “\(name)”", argument: "name")
            }
            var inputs = inputs
            for input in policy.model.source.inputData where inputs[input.name] == nil {
                inputs[input.name] = subject[input.name]
            }
            return try policy.evaluate(decision, input: inputs) { PolicyClock.moment(0) }.result
        }
    }

    // MARK: Finding files

    /// Whether a file in a folder is probably a script: it has one of a script's members at the start of a line.
    private static func looksLikeScript(_ path: String) -> Bool {
        // One that cannot be read is kept, so that its error is reported.
        guard let text = try? SourceFiles.text(path) else { return true }
        return text.split(whereSeparator: \.isNewline).contains { $0.hasPrefix("script:") || $0.hasPrefix("steps:") }
    }

    /// The folders of the scripts, their parent folders, and the requested folders, without duplicates.
    private static func neighbours(of scripts: [String], _ paths: [String]) -> [String] {
        let folders = scripts.map { URL(fileURLWithPath: $0).deletingLastPathComponent() }
        let asked = paths.map { URL(fileURLWithPath: $0) }.filter(\.hasDirectoryPath)
        var seen: Set<String> = []
        return (folders.map { $0.deletingLastPathComponent() } + folders + asked).map(\.path)
            .filter { seen.insert($0).inserted }
    }

    private static func files(in folder: String, extensions: [String]) -> [String] {
        // A folder above or beside the scripts need not exist, or be readable.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().filter { name in extensions.contains { name.hasSuffix("." + $0) } }
            .map { folder + "/" + $0 }
    }
}
