/// Which value the words just read announce, and for how long.
struct ContextState {
    /// The kind that the last context phrase announces, if one still counts.
    private(set) var kind: RedactionKind?
    /// Whether the last context phrase announces a number of the business itself.
    private(set) var isReference = false
    /// Whether "is", ":" or "=" stands between the phrase and here.
    private(set) var isConnected = false
    /// Whether only fillers stand between the phrase and here.
    private(set) var isAdjacent = false
    private var patience = 0
    /// For how many words the talk is still one of banks.
    private var bankTalk = 0
    /// For how many words the talk is still one of paying.
    private var paymentTalk = 0
    private var recent: [UInt64] = []

    /// Forgets everything, at a placeholder and at the start of a text.
    mutating func clear() {
        drop()
        recent.removeAll(keepingCapacity: true)
    }

    /// Takes note of a word that is not a value itself.
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

    /// Takes note of a character between words.
    mutating func note(punctuation byte: UInt8) {
        switch byte {
        case UInt8(ascii: ":"), UInt8(ascii: "="): isConnected = true
        case UInt8(ascii: ";"), UInt8(ascii: "!"): drop()
        case 0x0A, UInt8(ascii: "?"): lose(2)
        default: break
        }
    }

    /// Takes note of the end of a sentence.
    mutating func endSentence() { drop() }

    /// Whether one of the words before tells of cards or of paying.
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

    /// What the longest known phrase that ends in `word` means.
    private mutating func meaning(of word: ArraySlice<UInt8>) -> ContextWords.Meaning? {
        guard let hash = ContextWords.canonical(word) else {
            recent.removeAll(keepingCapacity: true)
            return nil
        }
        if recent.count == ContextWords.longestPhrase { recent.removeFirst() }
        recent.append(hash)
        for start in recent.indices {
            if let meaning = ContextWords.meaning(recent[start...].reduce(ContextWords.seed, ContextWords.combine)) {
                return meaning
            }
        }
        return nil
    }
}
