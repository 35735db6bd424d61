import Foundation
import SampleModels
import SentenceEncoder
import Testing

/// What Hugging Face's `tokenizers` 0.23.3 makes of these texts with this vocabulary.
@Suite struct TokenizerTests {
    private static let vocabulary = """
        [PAD] [UNK] [CLS] [SEP] [MASK] a b c d e f g h i j k l m n o p q r s t u v w x y z ##a ##b ##c ##d \
        ##e ##f ##g ##h ##i ##j ##k ##l ##m ##n ##o ##p ##q ##r ##s ##t ##u ##v ##w ##x ##y ##z parcel where \
        ##cel par is my \u{4eac} \u{90fd} . , ! ? ' - [ ] # $ ss \u{df} \u{3c3} ##\u{3c2} ##\u{3c3} \u{fdfa} \
        \u{1112} ##\u{1161} ##\u{11ab} i\u{307} \u{1d157} ##\u{1d165} \u{1d158} \u{302e} ##\u{302e}
        """

    /// Uncased, as all-MiniLM.
    private static let uncased: [(text: String, tokens: String)] = [
        ("", ""),
        ("Where is my parcel?", "where is my parcel ?"),
        ("WHERE'S MY P\u{c4}RCEL!!", "where ' s my parcel ! !"),
        ("a\tb\nc\r\nd", "a b c d"),
        ("a\u{200b}b\u{ad}c", "a ##b ##c"),
        ("a\u{0}b\u{fffd}c", "a ##b ##c"),
        ("\u{4eac}\u{90fd}abc", "\u{4eac} \u{90fd} a ##b ##c"),
        ("\u{6771}\u{4eac}", "[UNK] \u{4eac}"),
        ("\u{f900}", "[UNK]"),
        ("na\u{ef}ve r\u{e9}sum\u{e9}", "n ##a ##i ##v ##e r ##e ##s ##u ##m ##e"),
        ("\u{130}stanbul", "is ##t ##a ##n ##b ##u ##l"),
        ("\u{df} \u{1e9e}", "\u{df} \u{df}"),
        ("\u{3a3}\u{391}\u{3a3} \u{3c3}\u{3c2}", "[UNK] \u{3c3} ##\u{3c2}"),
        ("x[SEP]y", "x [SEP] y"),
        ("[sep]", "[ s ##e ##p ]"),
        ("[CLS][MASK]", "[CLS] [MASK]"),
        ("#b ##b", "# b # # b"),
        ("\u{d55c}", "\u{1112} ##\u{1161} ##\u{11ab}"),
        ("a\u{301}\u{323}b", "a ##b"),
        ("\u{301}", ""),
        ("a\u{302e}\u{1d165}b", "a ##\u{1d165} ##\u{302e} ##b"),
        ("a\u{1d165}\u{334}\u{302e}b", "a ##\u{1d165} ##\u{302e} ##b"),
        ("\u{1d15e}", "\u{1d157} ##\u{1d165}"),
        ("a\u{1d165}\u{302e}b", "a ##\u{1d165} ##\u{302e} ##b"),
        ("\u{fdfd}", "[UNK]"),
        ("\u{1f600} a", "[UNK] a"),
        ("a\u{3000}b\u{2028}c\u{85}d\u{a0}e", "a b c ##d e"),
        ("$5.00", "$ [UNK] . [UNK]"),
        ("don\u{2019}t", "d ##o ##n [UNK] t"),
        ("a\u{feff}b", "a ##b"),
        ("\u{1e000}a", "[UNK]"),
        ("a b", "a b"),
        ("\u{1e9b}\u{323}", "[UNK]"),
        ("\u{fb01}", "[UNK]"),
        ("\u{bd}", "[UNK]"),
        ("xyzq0", "[UNK]"),
        ("\u{1d7d8}", "[UNK]"),
        ("e\u{301}e", "e ##e"),
    ]

    /// Where a cased tokenizer differs.
    private static let cased: [(text: String, tokens: String)] = [
        ("Where is my parcel?", "[UNK] is my parcel ?"),
        ("WHERE'S MY P\u{c4}RCEL!!", "[UNK] ' [UNK] [UNK] [UNK] ! !"),
        ("na\u{ef}ve r\u{e9}sum\u{e9}", "[UNK] [UNK]"),
        ("\u{130}stanbul", "[UNK]"),
        ("\u{df} \u{1e9e}", "\u{df} [UNK]"),
        ("\u{d55c}", "[UNK]"),
        ("a\u{301}\u{323}b", "[UNK]"),
        ("\u{301}", "[UNK]"),
        ("a\u{302e}\u{1d165}b", "a ##\u{302e} ##\u{1d165} ##b"),
        ("a\u{1d165}\u{334}\u{302e}b", "[UNK]"),
        ("\u{1d15e}", "[UNK]"),
        ("e\u{301}e", "[UNK]"),
    ]

    /// Where one that keeps accents differs.
    private static let accented: [(text: String, tokens: String)] = [
        ("WHERE'S MY P\u{c4}RCEL!!", "where ' s my [UNK] ! !"),
        ("na\u{ef}ve r\u{e9}sum\u{e9}", "[UNK] [UNK]"),
        ("\u{130}stanbul", "i\u{307} ##s ##t ##a ##n ##b ##u ##l"),
        ("\u{d55c}", "[UNK]"),
        ("a\u{301}\u{323}b", "[UNK]"),
        ("\u{301}", "[UNK]"),
        ("a\u{302e}\u{1d165}b", "a ##\u{302e} ##\u{1d165} ##b"),
        ("a\u{1d165}\u{334}\u{302e}b", "[UNK]"),
        ("\u{1d15e}", "[UNK]"),
        ("e\u{301}e", "[UNK]"),
    ]

    /// Where one differs that neither cleans text nor spaces ideographs.
    private static let raw: [(text: String, tokens: String)] = [
        ("a\u{200b}b\u{ad}c", "[UNK]"),
        ("a\u{0}b\u{fffd}c", "[UNK]"),
        ("\u{4eac}\u{90fd}abc", "[UNK]"),
        ("\u{6771}\u{4eac}", "[UNK]"),
        ("a\u{3000}b\u{2028}c\u{85}d\u{a0}e", "a b c d e"),
        ("a\u{feff}b", "[UNK]"),
    ]

    private func tokenizer(_ normalizer: String = "", folder: TemporaryFolder = TemporaryFolder()) throws -> Tokenizer {
        let words = Self.vocabulary.split(separator: " ")
        let entries = words.enumerated().map { "\(quoted(String($1))): \($0)" }
        let added = words.prefix(5).enumerated().map { "{\"id\": \($0), \"content\": \"\($1)\", \"special\": true}" }
        try folder.write(
            "tokenizer.json",
            """
            {"added_tokens": [\(added.joined(separator: ", "))],
             "normalizer": {"type": "BertNormalizer"\(normalizer)},
             "pre_tokenizer": {"type": "BertPreTokenizer"},
             "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]},
             "model": {"type": "WordPiece", "unk_token": "[UNK]", "vocab": {\(entries.joined(separator: ", "))}}}
            """
        )
        return try Tokenizer(folder: folder.url)
    }

    private func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    private func expect(_ cases: [(text: String, tokens: String)], _ tokenizer: Tokenizer) {
        for (text, tokens) in cases {
            let ids = tokenizer.encode(text)
            #expect(ids.first == 2 && ids.last == 3)
            // Compared as bytes, because equal strings can differ.
            let ours = ids.dropFirst().dropLast().compactMap { tokenizer.token($0) }.joined(separator: " ")
            #expect(Array(ours.utf8) == Array(tokens.utf8), "\(text.debugDescription)")
        }
    }

    @Test func `an uncased tokenizer splits as the reference does`() throws { expect(Self.uncased, try tokenizer()) }

    @Test func `a cased tokenizer keeps case and accents`() throws {
        expect(Self.cased, try tokenizer(", \"lowercase\": false"))
    }

    @Test func `accents are kept where a model says so`() throws {
        expect(Self.accented, try tokenizer(", \"strip_accents\": false"))
    }

    @Test func `text is left as it is where a model says so`() throws {
        expect(
            Self.raw,
            try tokenizer(", \"clean_text\": false, \"handle_chinese_chars\": false, \"strip_accents\": true")
        )
    }

    @Test func `a word of more than a hundred characters is unknown`() throws {
        let tokenizer = try tokenizer()
        #expect(tokenizer.encode(String(repeating: "a", count: 100)).count == 102)
        #expect(tokenizer.encode(String(repeating: "a", count: 101)) == [2, 1, 3])
        // 101 characters, of which the accents are removed before they are counted.
        #expect(tokenizer.encode("a" + String(repeating: "\u{301}", count: 100)) == [2, 5, 3])
    }

    @Test func `a limit cuts what the whole text would be`() throws {
        let tokenizer = try tokenizer()
        for (text, _) in Self.uncased {
            let all = tokenizer.encode(text)
            #expect(tokenizer.count(text) == all.count)
            for limit in 2...all.count + 1 {
                let expected = all.count <= limit ? all : Array(all.prefix(limit - 1)) + [3]
                #expect(tokenizer.encode(text, limit: limit) == expected, "\(text.debugDescription), \(limit)")
            }
        }
    }

    @Test func `a list of tokens gives the same tokenizer`() throws {
        let folder = TemporaryFolder()
        try folder.write("vocab.txt", Self.vocabulary.split(separator: " ").joined(separator: "\r\n") + "\n")
        try folder.write("tokenizer_config.json", #"{"do_lower_case": true, "strip_accents": null}"#)
        expect(Self.uncased, try Tokenizer(folder: folder.url))
    }

    @Test func `settings beside a tokenizer count more than its own`() throws {
        let folder = TemporaryFolder()
        try folder.write("tokenizer_config.json", #"{"do_lower_case": false}"#)
        expect(Self.cased, try tokenizer(folder: folder))
    }

    @Test func `canonically equivalent tokens are different tokens`() throws {
        let folder = TemporaryFolder()
        try folder.write("vocab.txt", "[UNK]\n[CLS]\n[SEP]\n\u{e9}\ne\u{301}")
        try folder.write("tokenizer_config.json", #"{"do_lower_case": true, "strip_accents": false}"#)
        let tokenizer = try Tokenizer(folder: folder.url)
        #expect(tokenizer.encode("\u{e9} e\u{301}") == [1, 3, 4, 2])
    }

    @Test(arguments: [
        "{", "[]", #"{"model": {"type": "BPE", "vocab": {}}}"#, #"{"model": {"vocab": {"a": -1}}}"#,
        #"{"model": {"vocab": {"a": 1e9}}}"#, #"{"model": {"vocab": {"\ud800": 1}}}"#,
        String(repeating: "[", count: 9_999), #"{"model": {"vocab": {"a": 0}}, "normalizer": {"type": "Lowercase"}}"#,
        #"{"model": {"vocab": {"a": 0}}, "normalizer": {"type": "BertNormalizer"}, "pre_tokenizer": {"type": "X"}}"#,
    ])
    func `what is not such a tokenizer is refused`(_ text: String) throws {
        let folder = TemporaryFolder()
        try folder.write("tokenizer.json", text)
        let error = #expect(throws: EncoderError.self) { try Tokenizer(folder: folder.url) }
        #expect(error?.file == "tokenizer.json")
    }
}
