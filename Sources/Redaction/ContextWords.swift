/// The words, in six languages, that indicate the kind of the value that follows, and the words that may come in
/// between.
///
/// Words are compared by hash in lower case without accents; a word without its vowels ("psswrd") is also recognised.
enum ContextWords {
    /// What a word or phrase indicates about the value that follows.
    enum Meaning: Sendable, Equatable {
        /// A value of this kind follows.
        case kind(RedactionKind)
        /// A number of the business follows (order, invoice, version), which is not a phone or account number.
        case reference
        /// An account number follows, which is a bank account if the text is about banking.
        case account
        /// The text is about banking.
        case bank
        /// The text is about paying.
        case payment
        /// No information; the value may still follow.
        case filler
        /// Like a filler, but the value follows directly ("is").
        case copula
    }

    /// The longest phrase, in words.
    static let maximumPhraseLength = 4

    /// The start value of a phrase's hash.
    static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

    /// Extends the hash of a phrase by the hash of its next word.
    static func combine(_ phrase: UInt64, _ word: UInt64) -> UInt64 {
        ((phrase ^ word) &* 0x9E37_79B9_7F4A_7C15) ^ (word >> 29)
    }

    /// FNV-1a of the lower-cased bytes.
    static func hash(_ word: some Sequence<UInt8>) -> UInt64 {
        word.reduce(seed) { ($0 ^ UInt64($1.lowered)) &* 0x100_0000_01B3 }
    }

    /// The meaning of a phrase with this combined hash.
    static func meaning(_ phrase: UInt64) -> Meaning? { tables.phrases[phrase] }

    /// The hash of `word` in the tables, also if its vowels are missing; nil for an unknown word.
    static func canonical(_ word: ArraySlice<UInt8>) -> UInt64? {
        let exact = hash(word)
        let tables = tables
        if tables.words.contains(exact) { return exact }
        var skeleton = seed
        var length = 0
        for byte in word where !isVowel(byte) {
            skeleton = (skeleton ^ UInt64(byte.lowered)) &* 0x100_0000_01B3
            length += 1
        }
        guard length >= 3, let known = tables.skeletons[skeleton] else { return nil }
        return length >= 5 || isSubsequence(word, of: known.bytes) ? known.hash : nil
    }

    private static func isSubsequence(_ word: ArraySlice<UInt8>, of whole: [UInt8]) -> Bool {
        var rest = word[...]
        for byte in whole where rest.first?.lowered == byte { rest = rest.dropFirst() }
        return rest.isEmpty
    }

    private static func isVowel(_ byte: UInt8) -> Bool {
        switch byte.lowered {
        case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "u"): true
        default: false
        }
    }

    private struct Tables: Sendable {
        var phrases: [UInt64: Meaning] = [:]
        var words: Set<UInt64> = []
        var skeletons: [UInt64: (bytes: [UInt8], hash: UInt64)] = [:]

        mutating func add(_ list: String, _ meaning: Meaning) {
            for phrase in list.split(separator: ",") {
                var combined = ContextWords.seed
                for word in phrase.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
                    let hash = ContextWords.hash(word.utf8)
                    combined = ContextWords.combine(combined, hash)
                    words.insert(hash)
                    let skeleton = word.utf8.filter { !ContextWords.isVowel($0) }
                    if skeleton.count >= 3, skeletons[ContextWords.hash(skeleton)] == nil {
                        skeletons[ContextWords.hash(skeleton)] = (Array(word.utf8), hash)
                    }
                }
                phrases[combined] = meaning
            }
        }
    }

    private static let tables: Tables = {
        var tables = Tables()
        for (kind, list) in kindPhrases { tables.add(list, .kind(kind)) }
        tables.add(accountPhrases, .account)
        tables.add(bankWords, .bank)
        tables.add(paymentWords, .payment)
        tables.add(referencePhrases, .reference)
        tables.add(fillers, .filler)
        tables.add(copulas, .copula)
        return tables
    }()
}
