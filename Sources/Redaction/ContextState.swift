/// Tracks which value the preceding words announce, and for how long.
struct ContextState {
    /// The kind announced by the last context phrase, while that applies.
    private(set) var kind: RedactionKind?
    /// Whether the last context phrase announces a number of the business, such as an order number.
    private(set) var isReference = false
    /// Whether "is", ":" or "=" has followed the phrase.
    private(set) var isConnected = false
    /// Whether only fillers have followed the phrase.
    private(set) var isAdjacent = false
    private var patience = 0
    /// The number of further words for which the text is considered to be about banking.
    private var bankTalk = 0
    /// The number of further words for which the text is considered to be about paying.
    private var paymentTalk = 0
    private var recent: [UInt64] = []

    /// Resets the state, at a placeholder and at the start of a text.
    mutating func clear() {
        drop()
        recent.removeAll(keepingCapacity: true)
    }

    /// Records a word that is not part of a value.
    mutating func note(_ word: ArraySlice<UInt8>) {
        bankTalk = max(0, bankTalk - 1)
        paymentTalk = max(0, paymentTalk - 1)
        switch meaning(of: word) {
        case .kind(let announced): announce(announced, reference: false)
        case .reference: announce(nil, reference: true)
        case .account where bankTalk > 0: announce(.bankAccount, reference: false)
        case .account: lose(1)
        case .bank:
            bankTalk = Self.bankReach
            lose(1)
        case .payment:
            paymentTalk = Self.paymentReach
            lose(1)
        case .filler: break
        case .copula: isConnected = true
        case nil: lose(word.contains { $0.isDigit } ? 2 : 1)
        }
    }

    /// Records a character between words.
    mutating func note(punctuation byte: UInt8) {
        switch byte {
        case UInt8(ascii: ":"), UInt8(ascii: "="): isConnected = true
        case UInt8(ascii: ";"), UInt8(ascii: "!"): drop()
        case 0x0A, UInt8(ascii: "?"): lose(2)
        default: break
        }
    }

    /// Records the end of a sentence.
    mutating func endSentence() { drop() }

    /// Whether one of the preceding words refers to cards or to paying.
    var isPaymentTalk: Bool { kind == .card || paymentTalk > 0 }

    private static let bankReach = 12
    private static let paymentReach = 12

    private mutating func announce(_ kind: RedactionKind?, reference: Bool) {
        self.kind = kind
        if kind == .bankAccount || kind == .iban { bankTalk = Self.bankReach }
        if kind == .card { paymentTalk = Self.paymentReach }
        isReference = reference
        isConnected = false
        isAdjacent = true
        patience = 4
    }

    private mutating func lose(_ amount: Int) {
        isAdjacent = false
        patience -= amount
        if patience <= 0 { drop() }
    }

    private mutating func drop() {
        kind = nil
        isReference = false
        isConnected = false
        isAdjacent = false
        patience = 0
    }

    /// The meaning of the longest known phrase that ends with `word`.
    private mutating func meaning(of word: ArraySlice<UInt8>) -> ContextWords.Meaning? {
        guard let hash = ContextWords.canonical(word) else {
            recent.removeAll(keepingCapacity: true)
            return nil
        }
        if recent.count == ContextWords.maximumPhraseLength { recent.removeFirst() }
        recent.append(hash)
        for start in recent.indices {
            if let meaning = ContextWords.meaning(recent[start...].reduce(ContextWords.seed, ContextWords.combine)) {
                return meaning
            }
        }
        return nil
    }
}
