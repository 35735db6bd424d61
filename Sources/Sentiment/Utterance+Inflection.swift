extension Utterance {
    /// The factor for the rating of a word derived from its base form.
    private static let inflectedRating: Float = 0.85

    /// The rating of an unknown inflected form, derived from its base: "stunningly", "glitches", "squandered".
    func inflectedRating(of token: Token, in lexicon: Lexicon) -> Float {
        let start = Int(token.folded) + 1
        let length = Int(token.foldedEnd) - 1 - start
        guard length >= 5 else { return 0 }
        let last = folded[start + length - 1]
        switch last {
        case UInt8(ascii: "s"):
            if ends(start, length, "ness") { return rating(start, length - 4, nil, lexicon) }
            let singular = rating(start, length - 1, nil, lexicon)
            return singular == 0 && ends(start, length, "es") ? rating(start, length - 2, nil, lexicon) : singular
        case UInt8(ascii: "d") where ends(start, length, "ed"): return verb(start, length, 2, lexicon)
        case UInt8(ascii: "g") where ends(start, length, "ing"): return verb(start, length, 3, lexicon)
        case UInt8(ascii: "y") where ends(start, length, "ly"):
            let base = rating(start, length - 2, nil, lexicon)
            return base == 0 && ends(start, length, "ily")
                ? rating(start, length - 3, UInt8(ascii: "y"), lexicon) : base
        default: return 0
        }
    }

    /// The rating of the base of a verb form: unchanged, with "e" added, or with a doubled last letter removed.
    private func verb(_ start: Int, _ length: Int, _ ending: Int, _ lexicon: Lexicon) -> Float {
        let stem = length - ending
        guard stem >= 3 else { return 0 }
        let plain = rating(start, stem, nil, lexicon)
        if plain != 0 { return plain }
        let mute = rating(start, stem, UInt8(ascii: "e"), lexicon)
        if mute != 0 { return mute }
        let isDoubled = folded[start + stem - 1] == folded[start + stem - 2]
        return isDoubled ? rating(start, stem - 1, nil, lexicon) : 0
    }

    private func rating(_ start: Int, _ length: Int, _ added: UInt8?, _ lexicon: Lexicon) -> Float {
        guard length >= 4 || (length == 3 && added != nil) else { return 0 }
        var hash = TextHash.seed
        for position in start..<(start + length) { hash = TextHash.extend(hash, folded[position]) }
        if let added { hash = TextHash.extend(hash, added) }
        return (lexicon.find(TextHash.mix(hash))?.valence ?? 0) * Self.inflectedRating
    }

    private func ends(_ start: Int, _ length: Int, _ ending: StaticString) -> Bool {
        ending.withUTF8Buffer { bytes in
            let offset = start + length - bytes.count
            for index in bytes.indices where folded[offset + index] != bytes[index] { return false }
            return true
        }
    }
}
