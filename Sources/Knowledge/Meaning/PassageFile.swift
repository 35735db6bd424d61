import Digests
import Foundation
import TextSearch

/// The file that says which articles the vectors of an index belong to, and who may see them.
///
///     0   "FLPASSG" and a zero              8 bytes
///     8   version of the format             8 bytes
///     16  SHA-256 of all the rest           32 bytes
///     48  SHA-256 that the file of vectors states, and the model's identity; the labels; the articles: key, version,
///         hash of the content, numbers of labels, times of validity, and for each passage its number, place and hash
///
/// Numbers have 8 bytes, little-endian; a text is its length and its UTF-8 bytes.
package struct PassageFile: Sendable, Equatable {
    /// An article with its passages.
    package struct Entry: Sendable, Equatable {
        let article: PassageDirectory.Article
        let rows: [PassageDirectory.Row]

        package init(article: PassageDirectory.Article, rows: [PassageDirectory.Row]) {
            (self.article, self.rows) = (article, rows)
        }
    }

    private static let magic = Array("FLPASSG\0".utf8)
    private static let version: UInt64 = 1
    private static let headerSize = 48

    /// The SHA-256 that the file of vectors states.
    let vectors: [UInt8]
    /// The identity of the model.
    let identity: String
    let labels: [String]
    package let articles: [Entry]

    package init(vectors: [UInt8], identity: String, labels: [String], articles: [Entry]) {
        precondition(vectors.count == SHA256.byteCount, "a digest has its length")
        (self.vectors, self.identity, self.labels, self.articles) = (vectors, identity, labels, articles)
    }

    /// The bytes of the file.
    package var bytes: [UInt8] {
        var body = ByteWriter()
        body.bytes += vectors
        body.append(identity)
        body.append(labels.count)
        for label in labels { body.append(label) }
        body.append(articles.count)
        for entry in articles { body.append(entry) }
        var header = ByteWriter()
        header.bytes += Self.magic
        header.append(Self.version)
        return header.bytes + SHA256.digest(of: body.bytes) + body.bytes
    }

    /// Reads the bytes of a file; nil if they are anything else, or contradict themselves.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count >= Self.headerSize, bytes.starts(with: Self.magic) else { return nil }
        var header = ByteReader(bytes[8..<16])
        let digest = bytes[Self.headerSize...].withUnsafeBytes { SHA256.digest(of: $0) }
        guard header.number() == Self.version, bytes[16..<Self.headerSize].elementsEqual(digest) else { return nil }
        var reader = ByteReader(bytes[Self.headerSize...])
        guard let vectors = reader.take(SHA256.byteCount), let identity = reader.text(), let labels = reader.labels(),
            let articles = reader.entries(labels: labels.count), reader.isAtEnd
        else { return nil }
        self.init(vectors: Array(vectors), identity: identity, labels: labels, articles: articles)
    }
}

extension ByteWriter {
    fileprivate mutating func append(_ entry: PassageFile.Entry) {
        let article = entry.article
        append(article.key)
        append(article.content.version)
        append(article.content.sha256)
        append(article.traits.labels.count)
        for label in article.traits.labels { append(label) }
        append(article.traits.validFrom)
        append(article.traits.validUntil)
        append(article.passages.count)
        for (passage, row) in zip(article.passages, entry.rows) {
            append(passage)
            append(row.place.field.rawValue)
            append(row.place.start)
            append(row.place.length)
            append(row.hash)
        }
    }
}

extension ByteReader {
    fileprivate mutating func labels() -> [String]? {
        guard let count = count() else { return nil }
        var labels: [String] = []
        for _ in 0..<count {
            guard let label = text() else { return nil }
            labels.append(label)
        }
        return Set(labels).count == labels.count ? labels : nil
    }

    /// The articles: every key and every number of a passage is there once.
    fileprivate mutating func entries(labels: Int) -> [PassageFile.Entry]? {
        guard let count = count() else { return nil }
        var entries: [PassageFile.Entry] = []
        var (keys, passages): (Set<String>, Set<UInt32>) = ([], [])
        for _ in 0..<count {
            guard let entry = entry(labels: labels), keys.insert(entry.article.key).inserted,
                entry.article.passages.allSatisfy({ passages.insert($0).inserted })
            else { return nil }
            entries.append(entry)
        }
        return entries
    }

    private mutating func entry(labels known: Int) -> PassageFile.Entry? {
        guard let key = text(), let version = number(), let sha256 = text(), let labelCount = count() else {
            return nil
        }
        var labels: [UInt32] = []
        for _ in 0..<labelCount {
            guard let label = number(), label < UInt64(known) else { return nil }
            labels.append(UInt32(label))
        }
        guard let from = number(), let until = number(), let passageCount = count() else { return nil }
        var (passages, rows): ([UInt32], [PassageDirectory.Row]) = ([], [])
        for _ in 0..<passageCount {
            guard let passage = number(), passage < UInt64(UInt32.max), let row = row() else { return nil }
            passages.append(UInt32(passage))
            rows.append(row)
        }
        let article = PassageDirectory.Article(
            key: key,
            content: ArticleContent(version: Int64(bitPattern: version), sha256: sha256),
            traits: .init(
                labels: labels,
                validFrom: Int64(bitPattern: from),
                validUntil: Int64(bitPattern: until)
            ),
            passages: passages
        )
        return PassageFile.Entry(article: article, rows: rows)
    }

    private mutating func row() -> PassageDirectory.Row? {
        guard let number = number(), let field = Int(exactly: number).flatMap(SearchField.init),
            let start = self.number(),
            let length = self.number(), let hash = self.number(), start < UInt64(UInt32.max),
            length < UInt64(UInt32.max)
        else { return nil }
        return .init(place: FieldRange(field, start: Int(start), length: Int(length)), hash: hash)
    }
}
