/// Everything about a model but its weights and its vocabulary.
struct ModelDescription: Sendable, Hashable {
    /// How the vectors of tokens become one.
    enum Pooling: String, Sendable, Hashable {
        /// Their mean.
        case mean
        /// That of the first token, `[CLS]`.
        case first
    }

    /// How weights are stored.
    enum Weights: String, Sendable, Hashable {
        case int8
        case float
    }

    var weights = Weights.int8
    var width: Int
    var layers: Int
    var heads: Int
    var intermediate: Int
    var vocabularySize: Int
    var positions: Int
    var epsilon: Float
    var pooling: Pooling
    var maximumTokens: Int
    var queryPrefix: String
    var passagePrefix: String
    var normalization: Tokenizer.Normalization
    var specialTokens: [Tokenizer.SpecialToken]
    var roles: Tokenizer.Roles
    var continuingPrefix: [UInt8]
    var maximumWordLength: Int

    /// The description as JSON, the same for equal descriptions.
    var json: String {
        let numbers: [(String, Int)] = [
            ("width", width), ("layers", layers), ("heads", heads), ("intermediate", intermediate),
            ("vocabulary_size", vocabularySize), ("positions", positions),
            ("epsilon_bits", Int(epsilon.bitPattern)), ("maximum_tokens", maximumTokens),
            ("unknown", Int(roles.unknown)), ("first", Int(roles.first)), ("last", Int(roles.last)),
            ("maximum_word_length", maximumWordLength),
        ]
        let flags: [(String, Bool)] = [
            ("cleans_text", normalization.cleansText), ("spaces_ideographs", normalization.spacesIdeographs),
            ("strips_accents", normalization.stripsAccents), ("lowercases", normalization.lowercases),
        ]
        let texts: [(String, String)] = [
            ("weights", weights.rawValue), ("pooling", pooling.rawValue), ("query_prefix", queryPrefix),
            ("passage_prefix", passagePrefix),
            ("continuing_prefix", String(decoding: continuingPrefix, as: UTF8.self)),
        ]
        let special = specialTokens.map { "[\(JSON.quoted(String(decoding: $0.text, as: UTF8.self))),\($0.id)]" }
        let members =
            numbers.map { "\"\($0)\":\($1)" } + flags.map { "\"\($0)\":\($1)" }
            + texts.map { "\"\($0)\":\(JSON.quoted($1))" } + ["\"special_tokens\":[\(special.joined(separator: ","))]"]
        return "{\(members.joined(separator: ","))}"
    }

    /// Reads what `json` wrote.
    init(_ json: JSON, file: String) throws(EncoderError) {
        func number(_ name: String) throws(EncoderError) -> Int {
            guard let value = json[name]?.integer else { throw Self.missing(name, file) }
            return value
        }
        func flag(_ name: String) throws(EncoderError) -> Bool {
            guard let value = json[name]?.bool else { throw Self.missing(name, file) }
            return value
        }
        func text(_ name: String) throws(EncoderError) -> String {
            guard let value = json[name]?.string else { throw Self.missing(name, file) }
            return value
        }
        func id(_ name: String) throws(EncoderError) -> Int32 {
            guard let id = Int32(exactly: try number(name)) else { throw Self.missing(name, file) }
            return id
        }
        guard let weights = Weights(rawValue: try text("weights")) else { throw Self.missing("weights", file) }
        guard let pooling = Pooling(rawValue: try text("pooling")) else { throw Self.missing("pooling", file) }
        guard let bits = UInt32(exactly: try number("epsilon_bits")) else { throw Self.missing("epsilon_bits", file) }
        self.weights = weights
        self.pooling = pooling
        epsilon = Float(bitPattern: bits)
        width = try number("width")
        layers = try number("layers")
        heads = try number("heads")
        intermediate = try number("intermediate")
        vocabularySize = try number("vocabulary_size")
        positions = try number("positions")
        maximumTokens = try number("maximum_tokens")
        queryPrefix = try text("query_prefix")
        passagePrefix = try text("passage_prefix")
        normalization = Tokenizer.Normalization()
        normalization.cleansText = try flag("cleans_text")
        normalization.spacesIdeographs = try flag("spaces_ideographs")
        normalization.stripsAccents = try flag("strips_accents")
        normalization.lowercases = try flag("lowercases")
        specialTokens = []
        for entry in json["special_tokens"]?.array ?? [] {
            guard let pair = entry.array, pair.count == 2, let text = pair[0].string,
                let id = pair[1].integer.flatMap({ Int32(exactly: $0) })
            else { throw Self.missing("special_tokens", file) }
            specialTokens.append(.init(text: Array(text.utf8), id: id))
        }
        roles = .init(unknown: try id("unknown"), first: try id("first"), last: try id("last"))
        continuingPrefix = Array(try text("continuing_prefix").utf8)
        maximumWordLength = try number("maximum_word_length")
    }

    private static func missing(_ name: String, _ file: String) -> EncoderError {
        EncoderError(.malformed, file: file, "\(name) is missing or not of its type")
    }

    init(
        width: Int,
        layers: Int,
        heads: Int,
        intermediate: Int,
        vocabularySize: Int,
        positions: Int,
        epsilon: Float
    ) {
        self.width = width
        self.layers = layers
        self.heads = heads
        self.intermediate = intermediate
        self.vocabularySize = vocabularySize
        self.positions = positions
        self.epsilon = epsilon
        pooling = .mean
        maximumTokens = positions
        (queryPrefix, passagePrefix) = ("", "")
        normalization = Tokenizer.Normalization()
        specialTokens = []
        roles = .init(unknown: 0, first: 0, last: 0)
        continuingPrefix = Array("##".utf8)
        maximumWordLength = 100
    }

    /// Checks that the parts fit together and are within the limits.
    ///
    /// After this every size computed from the description fits in an `Int`.
    func check(_ limits: ModelLimits, file: String) throws(EncoderError) {
        func require(_ range: ClosedRange<Int>, _ value: Int, _ name: String) throws(EncoderError) {
            guard range.lowerBound <= range.upperBound, range.contains(value) else {
                let isLarge = value > range.upperBound
                throw EncoderError(
                    isLarge ? .tooLarge : .malformed,
                    file: file,
                    "\(name) is \(value), not within \(range.lowerBound)…\(range.upperBound)"
                )
            }
        }
        try require(16...limits.width, width, "hidden_size")
        try require(16...limits.width, intermediate, "intermediate_size")
        try require(1...limits.layers, layers, "num_hidden_layers")
        try require(1...width, heads, "num_attention_heads")
        try require(1...limits.vocabularySize, vocabularySize, "vocab_size")
        try require(2...limits.positions, positions, "max_position_embeddings")
        try require(2...positions, maximumTokens, "the greatest number of tokens")
        try require(1...10_000, maximumWordLength, "max_input_chars_per_word")
        guard width % 16 == 0, intermediate % 16 == 0 else {
            throw EncoderError(.unsupported, file: file, "hidden_size and intermediate_size are not multiples of 16")
        }
        guard width % heads == 0 else {
            throw EncoderError(.malformed, file: file, "hidden_size is not a multiple of num_attention_heads")
        }
        guard epsilon >= 0, epsilon < 1 else {
            throw EncoderError(.malformed, file: file, "layer_norm_eps is not between 0 and 1")
        }
        for id in specialTokens.map(\.id) + [roles.unknown, roles.first, roles.last]
        where id < 0 || id >= vocabularySize {
            throw EncoderError(.malformed, file: file, "token \(id) is not below vocab_size")
        }
        guard specialTokens.count <= 1_000, queryPrefix.utf8.count <= 4_096, passagePrefix.utf8.count <= 4_096 else {
            throw EncoderError(.tooLarge, file: file, "too many special tokens, or too long a prefix")
        }
    }
}
