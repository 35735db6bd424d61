public import Foundation

/// The WordPiece tokenizer of BERT models.
///
/// For every text its ids are those of Hugging Face's `BertTokenizerFast` with the same files: control characters are
/// removed, ideographs stand alone, accents are stripped, letters are lower case, punctuation stands alone, and words
/// become the longest pieces that the vocabulary has, from the left (Devlin and others, *BERT*, 2018, and the source of
/// `tokenizers`). Which character is what comes from tables made with that library, which mixes versions of Unicode.
///
/// A tokenizer is a value; all methods are pure and may be called from any thread.
public struct Tokenizer: Sendable {
    /// How text is prepared before it is split.
    public struct Normalization: Sendable, Hashable {
        /// Control characters are removed and all white space is a space.
        public var cleansText = true
        /// Ideographs are words of their own.
        public var spacesIdeographs = true
        /// Accents are removed.
        public var stripsAccents = true
        /// Letters become lower case.
        public var lowercases = true

        /// What uncased models use: all of it.
        public init() {}
    }

    /// A token that stands for itself wherever its text occurs, as `[SEP]`.
    struct SpecialToken: Sendable, Hashable {
        let text: [UInt8]
        let id: Int32
    }

    /// The ids of the tokens that every sequence needs.
    struct Roles: Sendable, Hashable {
        var unknown: Int32
        var first: Int32
        var last: Int32
    }

    /// How text is prepared.
    public let normalization: Normalization
    /// Tokens by id; an id without a token is empty.
    let tokens: [[UInt8]]
    let specialTokens: [SpecialToken]
    let roles: Roles
    let continuingPrefix: [UInt8]
    let maximumWordLength: Int
    let pieces: PieceTable
    /// The first bytes of special tokens.
    private let specialBytes: Set<UInt8>

    /// `tokens` are in the order of their ids.
    init(
        tokens: [[UInt8]],
        specialTokens: [SpecialToken],
        roles: Roles,
        normalization: Normalization,
        continuingPrefix: [UInt8] = Array("##".utf8),
        maximumWordLength: Int = 100
    ) {
        self.tokens = tokens
        // The longest match counts.
        self.specialTokens = specialTokens.filter { !$0.text.isEmpty }.sorted {
            ($1.text.count, $0.id) < ($0.text.count, $1.id)
        }
        self.roles = roles
        self.normalization = normalization
        self.continuingPrefix = continuingPrefix
        self.maximumWordLength = maximumWordLength
        pieces = PieceTable(tokens, continuing: continuingPrefix)
        specialBytes = Set(self.specialTokens.map { $0.text[0] })
    }

    /// Reads the tokenizer of a model's folder: `tokenizer.json`, or else `vocab.txt`, with `tokenizer_config.json`.
    ///
    /// - Throws: ``EncoderError``, also if the tokenizer is of another kind.
    public init(folder: URL, limits: ModelLimits = ModelLimits()) throws {
        let files = try VocabularyFiles(folder, limits: limits)
        self.init(
            tokens: files.tokens,
            specialTokens: files.specialTokens,
            roles: files.roles,
            normalization: files.normalization,
            continuingPrefix: files.continuingPrefix,
            maximumWordLength: files.maximumWordLength
        )
    }

    /// The number of ids, including those without a token.
    public var vocabularySize: Int { tokens.count }

    /// The ids of `text` between those of `[CLS]` and `[SEP]`, at most `limit` of them.
    ///
    /// Reading ends at the limit, so that a long text costs no more than a short one. `limit` is at least 2.
    public func encode(_ text: String, limit: Int = .max) -> [Int32] {
        precondition(limit >= 2, "a sequence has at least its first and its last token")
        var ids = [roles.first]
        append(text, to: &ids, limit: limit - 1)
        ids.append(roles.last)
        return ids
    }

    /// The number of ids that ``encode(_:limit:)`` returns without a limit.
    public func count(_ text: String) -> Int { encode(text).count }

    /// The token of an id, or nil.
    ///
    /// Pieces within a word begin with `##`.
    public func token(_ id: Int32) -> String? {
        guard tokens.indices.contains(Int(id)), !tokens[Int(id)].isEmpty else { return nil }
        return String(decoding: tokens[Int(id)], as: UTF8.self)
    }

    private func append(_ text: String, to ids: inout [Int32], limit: Int) {
        var text = text
        text.withUTF8 { bytes in
            var start = 0
            var position = 0
            while position < bytes.count, ids.count < limit {
                guard specialBytes.contains(bytes[position]), let special = special(bytes, position) else {
                    position += 1
                    continue
                }
                appendPlain(UnsafeBufferPointer(rebasing: bytes[start..<position]), to: &ids, limit: limit)
                if ids.count < limit { ids.append(special.id) }
                position += special.text.count
                start = position
            }
            if ids.count < limit {
                appendPlain(UnsafeBufferPointer(rebasing: bytes[start...]), to: &ids, limit: limit)
            }
        }
    }

    private func special(_ bytes: UnsafeBufferPointer<UInt8>, _ position: Int) -> SpecialToken? {
        specialTokens.first { special in
            bytes.count - position >= special.text.count
                && special.text.indices.allSatisfy { bytes[position + $0] == special.text[$0] }
        }
    }

    private func appendPlain(_ bytes: UnsafeBufferPointer<UInt8>, to ids: inout [Int32], limit: Int) {
        var splitter = WordSplitter(self, ids, limit)
        var position = 0
        while position < bytes.count, splitter.ids.count < limit {
            let first = bytes[position]
            guard first >= 0x80 else {
                splitter.add(ascii: first)
                position += 1
                continue
            }
            // A Swift string is valid UTF-8.
            var code = UInt32(first)
            let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
            code &= length == 4 ? 7 : length == 3 ? 15 : 31
            for i in 1..<length { code = code << 6 | UInt32(bytes[position + i] & 63) }
            splitter.add(code)
            position += length
        }
        splitter.finish()
        ids = splitter.ids
    }
}
