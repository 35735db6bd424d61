import Digests
import Foundation
import Knowledge
import TextSearch
import VectorIndex

/// The files of vector indices.
extension FuzzTarget {
    private static func vector(_ number: Int) -> [Float] {
        (0..<3).map { Float((number * 37 + $0 * 101) % 64) - 32 }
    }

    /// Saved indices, whose checksum is made right so that what it covers is read, and which are searched and changed.
    static let vectors = FuzzTarget(
        name: "vectors",
        corpus: { _ in
            let file = scratch("vectors").appendingPathComponent("corpus.index")
            var options = VectorIndex.Options()
            (options.exactLimit, options.partitionSize) = (20, 8)
            return [0, 5, 60].compactMap { count in
                let index = VectorIndex(dimension: 3, options: options)
                index.apply((0..<count).map { .insert(UInt32($0), vector($0)) })
                guard (try? index.save(to: file)) != nil, let data = try? Data(contentsOf: file) else { return nil }
                return Array(data)
            }
        }
    ) { bytes in
        var bytes = bytes
        if bytes.count >= 72 {
            bytes.replaceSubrange(40..<72, with: SHA256.digest(of: Array(bytes[..<40] + bytes[72...])))
        }
        guard let index = try? VectorIndex(loading: bytes) else { return }
        let query = [Float](repeating: 1, count: index.dimension)
        for filter in [nil, IdentifierSet(0..<1_000)] {
            let found = index.nearest(query, count: 5, filter: filter)
            require(found.allSatisfy { index.contains($0.id) }, "what is found is in the index")
        }
        index.insert(7, query)
        index.remove(8)
        require(index.contains(7) && !index.contains(8), "changes are made")
    }

    private static func entry(_ number: Int) -> PassageFile.Entry {
        let rows = [SearchField.title, .body].map { field in
            PassageDirectory.Row(place: FieldRange(field, start: number, length: 9), hash: UInt64(number))
        }
        let article = PassageDirectory.Article(
            key: "en/a\(number)",
            content: ArticleContent(version: Int64(number), sha256: "00ff"),
            traits: .init(labels: [UInt32(number % 3)], validFrom: .min, validUntil: Int64(number)),
            passages: [UInt32(2 * number), UInt32(2 * number + 1)]
        )
        return PassageFile.Entry(article: article, rows: rows)
    }

    /// Saved articles with their passages, whose checksum is made right so that what it covers is read.
    static let passages = FuzzTarget(
        name: "passages",
        corpus: { _ in
            [0, 1, 9].map { count in
                let digest = [UInt8](repeating: 7, count: SHA256.byteCount)
                let articles = (0..<count).map(entry)
                return PassageFile(vectors: digest, identity: "m", labels: ["a", "b", "é"], articles: articles).bytes
            }
        }
    ) { bytes in
        var bytes = bytes
        if bytes.count >= 48 { bytes.replaceSubrange(16..<48, with: SHA256.digest(of: Array(bytes[48...]))) }
        guard let file = PassageFile(bytes) else { return }
        require(file.bytes == bytes, "what is read is what was written")
    }
}
