import Foundation
import ModelSupply

/// What models are added from, and what they are checked with.
extension FuzzTarget {
    /// Wheels; a model in one is converted.
    static let wheel = FuzzTarget(name: "wheel", corpus: { _ in [storedArchive(modelFiles)] }) { bytes in
        let folder = scratch("wheel")
        let file = folder.appendingPathComponent("fuzzed-1.0.whl")
        try? Data(bytes).write(to: file)
        var addition = ModelAddition(source: file.path)
        addition.isReplacing = true
        let result = try? addition.run(into: folder.appendingPathComponent("models"))
        require(result.map { $0.encoder.name == "fuzzed" } ?? true, "a wheel does not choose the name")
    }

    /// The vectors beside a model.
    static let storedVectors = FuzzTarget(
        name: "stored-vectors",
        corpus: { _ in
            let model = addedModel("stored-vectors-corpus")
            let file = model?.url.deletingPathExtension().appendingPathExtension("sentences.json")
            return file.flatMap { try? [Array(Data(contentsOf: $0))] } ?? []
        }
    ) { bytes in
        guard let model = addedModel("stored-vectors"), let encoder = try? model.open() else { return }
        let file = model.url.deletingPathExtension().appendingPathExtension("sentences.json")
        try? Data(bytes).write(to: file)
        let cosine = try? KnownVectors(of: model).agreement(with: encoder)
        require(cosine.map(\.isFinite) ?? true, "a comparison has a result")
    }

    private static func addedModel(_ name: String) -> StoredModel? {
        let folder = scratch(name)
        for (path, bytes) in modelFiles { try? Data(bytes).write(to: folder.appendingPathComponent(path)) }
        var addition = ModelAddition(source: folder.path)
        addition.name = "added"
        return try? addition.run(into: folder.appendingPathComponent("models")).model
    }

    /// A ZIP archive of files that are not compressed.
    private static func storedArchive(_ files: [(path: String, bytes: [UInt8])]) -> [UInt8] {
        func number(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(value >> (8 * $0) & 255) } }
        var (archive, directory): ([UInt8], [UInt8]) = ([], [])
        for (path, bytes) in files {
            let name = Array("model/\(path)".utf8)
            // Version, flags, method, time, date, checksum, both sizes, the length of the name, no extra field.
            let header =
                number(20, 2) + number(0, 4) + number(0, 2) + number(33, 2) + number(Int(checksum(bytes)), 4)
                + number(bytes.count, 4) + number(bytes.count, 4) + number(name.count, 2) + number(0, 2)
            directory += [0x50, 0x4B, 1, 2] + number(20, 2) + header + number(0, 10) + number(archive.count, 4) + name
            archive += [0x50, 0x4B, 3, 4] + header + name + bytes
        }
        let counts = number(files.count, 2) + number(files.count, 2)
        let end = counts + number(directory.count, 4) + number(archive.count, 4) + number(0, 2)
        return archive + directory + [0x50, 0x4B, 5, 6] + number(0, 4) + end
    }

    /// CRC-32 as in ZIP archives.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~UInt32(0)) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum >> 1 ^ (sum & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
    }
}
