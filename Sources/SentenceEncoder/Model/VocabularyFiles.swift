import Foundation

/// What a folder says about its tokenizer: `tokenizer.json`, or else `vocab.txt`, with `tokenizer_config.json`.
struct VocabularyFiles {
    /// The file that the vocabulary is from.
    let file: String
    private(set) var tokens: [[UInt8]] = []
    private(set) var specialTokens: [Tokenizer.SpecialToken] = []
    private(set) var roles = Tokenizer.Roles(unknown: 0, first: 0, last: 0)
    private(set) var normalization = Tokenizer.Normalization()
    private(set) var continuingPrefix = Array("##".utf8)
    private(set) var maximumWordLength = 100

    init(_ folder: URL, limits: ModelLimits) throws(EncoderError) {
        func exists(_ name: String) -> Bool {
            FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path)
        }
        var configuration: JSON?
        if exists("tokenizer_config.json") {
            let name = "tokenizer_config.json"
            configuration = try JSON(FileBytes(name, in: folder, limit: limits.headerBytes).readAll(), file: name)
        }
        if exists("tokenizer.json") {
            let bytes = try FileBytes("tokenizer.json", in: folder, limit: limits.vocabularyBytes).readAll()
            try self.init(tokenizer: bytes, configuration: configuration, limits: limits)
        } else {
            let bytes = try FileBytes("vocab.txt", in: folder, limit: limits.vocabularyBytes).readAll()
            try self.init(list: bytes, configuration: configuration, limits: limits)
        }
    }

    /// Reads a `tokenizer.json` of the library `tokenizers` that describes a BERT tokenizer.
    init(tokenizer bytes: [UInt8], configuration: JSON?, limits: ModelLimits) throws(EncoderError) {
        file = "tokenizer.json"
        let json = try JSON(bytes, file: file)
        guard let model = json["model"], ["WordPiece", nil].contains(model["type"]?.string),
            let vocabulary = model["vocab"]?.object
        else { throw error(.unsupported, "the model is not WordPiece") }
        if let prefix = model["continuing_subword_prefix"]?.string { continuingPrefix = Array(prefix.utf8) }
        if let length = model["max_input_chars_per_word"]?.integer { maximumWordLength = length }
        try readVocabulary(vocabulary, limits)
        try readNormalizer(json["normalizer"])
        guard json["pre_tokenizer"]?["type"]?.string == "BertPreTokenizer" else {
            throw error(.unsupported, "the pre-tokenizer is not BertPreTokenizer")
        }
        for token in json["added_tokens"]?.array ?? [] { try add(token, limits) }
        guard let unknown = id(of: Array((model["unk_token"]?.string ?? "[UNK]").utf8)) else {
            throw error(.malformed, "the unknown token is not in the vocabulary")
        }
        let (first, last) = try template(json["post_processor"])
        guard let first = id(of: Array(first.utf8)), let last = id(of: Array(last.utf8)) else {
            throw error(.malformed, "the first or the last token is not in the vocabulary")
        }
        roles = .init(unknown: unknown, first: first, last: last)
        apply(configuration)
    }

    /// Reads a `vocab.txt`: a token a line, numbered from 0.
    init(list bytes: [UInt8], configuration: JSON?, limits: ModelLimits) throws(EncoderError) {
        file = "vocab.txt"
        guard String(validating: bytes, as: UTF8.self) != nil else { throw error(.malformed, "not UTF-8") }
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        guard lines.count <= limits.vocabularySize else { throw error(.tooLarge, "\(lines.count) tokens") }
        tokens = lines.map { Array($0.last == 0x0D ? $0.dropLast() : $0) }
        func special(_ name: String, _ usual: String) throws(EncoderError) -> Int32 {
            let text = Array((configuration?[name]?.string ?? configuration?[name]?["content"]?.string ?? usual).utf8)
            guard let id = id(of: text) else {
                throw error(.malformed, "\(String(decoding: text, as: UTF8.self)) is not in the vocabulary")
            }
            specialTokens.append(.init(text: text, id: id))
            return id
        }
        roles.unknown = try special("unk_token", "[UNK]")
        roles.first = try special("cls_token", "[CLS]")
        roles.last = try special("sep_token", "[SEP]")
        // Models without these can be used: texts are neither padded nor masked.
        for (name, usual) in [("pad_token", "[PAD]"), ("mask_token", "[MASK]")] { _ = try? special(name, usual) }
        apply(configuration)
    }

    private func error(_ code: EncoderError.Code, _ message: String) -> EncoderError {
        EncoderError(code, file: file, message)
    }

    private func id(of text: [UInt8]) -> Int32? {
        tokens.lastIndex(of: text).flatMap { text.isEmpty ? nil : Int32($0) }
    }

    private mutating func readVocabulary(
        _ vocabulary: [(name: String, value: JSON)],
        _ limits: ModelLimits
    ) throws(EncoderError) {
        for (token, value) in vocabulary { try place(Array(token.utf8), at: value.integer, limits) }
    }

    private mutating func place(_ token: [UInt8], at id: Int?, _ limits: ModelLimits) throws(EncoderError) {
        guard let id, id >= 0 else { throw error(.malformed, "a token's id is not a number from 0 on") }
        guard id < limits.vocabularySize else { throw error(.tooLarge, "a token has the id \(id)") }
        while tokens.count <= id { tokens.append([]) }
        tokens[id] = token
    }

    private mutating func readNormalizer(_ json: JSON?) throws(EncoderError) {
        guard let json, json["type"]?.string == "BertNormalizer" else {
            throw error(.unsupported, "the normalizer is not BertNormalizer")
        }
        normalization.cleansText = json["clean_text"]?.bool ?? true
        normalization.spacesIdeographs = json["handle_chinese_chars"]?.bool ?? true
        normalization.lowercases = json["lowercase"]?.bool ?? true
        normalization.stripsAccents = json["strip_accents"]?.bool ?? normalization.lowercases
    }

    private mutating func add(_ json: JSON, _ limits: ModelLimits) throws(EncoderError) {
        guard let content = json["content"]?.string, !content.isEmpty, let id = json["id"]?.integer else {
            throw error(.malformed, "an added token has no content or no id")
        }
        for flag in ["single_word", "lstrip", "rstrip", "normalized"] where json[flag]?.bool == true {
            throw error(.unsupported, "the added token \(content) is \(flag)")
        }
        let text = Array(content.utf8)
        if id < 0 || id >= tokens.count || tokens[id] != text { try place(text, at: id, limits) }
        specialTokens.append(.init(text: text, id: Int32(id)))
    }

    /// The tokens around a sequence.
    private func template(_ json: JSON?) throws(EncoderError) -> (first: String, last: String) {
        switch json?["type"]?.string {
        case "BertProcessing":
            if let first = json?["cls"]?.array?.first?.string, let last = json?["sep"]?.array?.first?.string {
                return (first, last)
            }
        case "TemplateProcessing":
            let parts = json?["single"]?.array ?? []
            if parts.count == 3, let first = parts[0]["SpecialToken"]?["id"]?.string, parts[1]["Sequence"] != nil,
                let last = parts[2]["SpecialToken"]?["id"]?.string
            {
                return (first, last)
            }
        default: break
        }
        throw error(.unsupported, "the post-processor does not put one token before and one after a sequence")
    }

    /// The settings of `tokenizer_config.json` count, as in `BertTokenizerFast`.
    private mutating func apply(_ json: JSON?) {
        guard let json else { return }
        if let flag = json["do_lower_case"]?.bool {
            normalization.lowercases = flag
            // Unless stated, accents are stripped just when letters become lower case.
            normalization.stripsAccents = json["strip_accents"]?.bool ?? flag
        } else if let flag = json["strip_accents"]?.bool {
            normalization.stripsAccents = flag
        }
        if let flag = json["tokenize_chinese_chars"]?.bool { normalization.spacesIdeographs = flag }
    }
}
