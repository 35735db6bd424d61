/// English contractions of two words, spelled with an apostrophe, without it, or run together.
enum Contractions {
    /// The words that each contraction stands for, by its folded spelling.
    ///
    /// Spellings without the apostrophe that are themselves words ("ill", "well", "were", "its") are left out.
    static let pieces: [String: [String]] = {
        var result = spoken
        for (short, full) in negatives {
            result["\(short)n't"] = [full, "not"]
            result["\(short)nt"] = [full, "not"]
        }
        for (ending, verb) in [("re", "are"), ("ve", "have"), ("ll", "will"), ("d", "would"), ("s", "is"), ("m", "am")]
        {
            for subject in subjects { result["\(subject)'\(ending)"] = [subject, verb] }
        }
        for (subject, ending, verb) in unmistakable { result["\(subject)\(ending)"] = [subject, verb] }
        return result
    }()

    private static let spoken: [String: [String]] = [
        "cannot": ["can", "not"], "gonna": ["going", "to"], "wanna": ["want", "to"], "gotta": ["got", "to"],
        "lemme": ["let", "me"], "gimme": ["give", "me"], "dunno": ["do", "not", "know"],
    ]

    private static let negatives = [
        ("ca", "can"), ("wo", "will"), ("sha", "shall"), ("do", "do"), ("does", "does"), ("did", "did"), ("is", "is"),
        ("are", "are"), ("was", "was"), ("were", "were"), ("have", "have"), ("has", "has"), ("had", "had"),
        ("could", "could"), ("would", "would"), ("should", "should"), ("must", "must"), ("need", "need"),
    ]

    private static let subjects = [
        "i", "you", "he", "she", "it", "we", "they", "that", "there", "who", "what", "where", "here", "how", "this",
        "nobody", "somebody", "everything", "nothing",
    ]

    private static let unmistakable = [
        ("i", "m", "am"), ("i", "ve", "have"), ("you", "re", "are"), ("you", "ve", "have"), ("you", "ll", "will"),
        ("they", "re", "are"), ("they", "ve", "have"), ("they", "ll", "will"), ("we", "ve", "have"), ("he", "s", "is"),
        ("she", "s", "is"), ("that", "s", "is"), ("what", "s", "is"), ("there", "s", "is"), ("where", "s", "is"),
    ]
}
