import Dispatch
public import Foundation
import Synchronization

/// A model that turns a sentence into a vector whose direction is its meaning.
///
/// It runs the encoders of the BERT family that sentence-transformers publishes (all-MiniLM, BGE, E5, GTE) on the
/// processor, without any other library: weights in 8 bits with a scale for each output, activations quantised to 8 bits
/// row by row, and kernels for AVX-512 VNNI, AVX2 and NEON that are chosen when the program runs.
///
///     let encoder = try SentenceEncoder(folder: URL(filePath: "models/all-MiniLM-L6-v2"))
///     let question = encoder.encode("where is my parcel?", as: .query)
///     let passage = encoder.encode("How to track a delivery", as: .passage)
///     question.cosine(passage)
///
/// An encoder is immutable. Encoding is a pure function of the model and the text, may be called from any thread, and
/// never fails: a text beyond ``maximumTokens`` is cut there. A text's vector does not depend on the other texts of a
/// batch, nor on the number of threads.
///
/// Memory: a converted model of all-MiniLM-L6-v2 is mapped (35 MB), and each pass that runs at the same time takes 5 MB.
///
/// ## Topics
/// - Opening a model: ``init(folder:options:)``, ``init(converted:options:)``
/// - Converting a model: ``convert(folder:to:options:)``, ``write(to:)``
/// - Encoding: ``encode(_:as:)``, ``encode(batch:as:threads:)``
/// - Tokens: ``tokenizer``, ``tokenCount(_:as:)``
public final class SentenceEncoder: Sendable {
    /// What a text is; models can have a prefix for each.
    public enum Role: Sendable, Hashable {
        /// What is looked for.
        case query
        /// What is found.
        case passage
    }

    /// How a model is read and run.
    public struct Options: Sendable, Hashable {
        /// How the weights of a folder are kept.
        public enum Weights: String, Sendable, Hashable, CaseIterable {
            /// 8 bits: a quarter of the memory, two to four times as quick, the same direction up to a cosine of 0.995.
            case int8
            /// As trained.
            case float
        }

        /// How the weights of a folder are kept; a converted model says so itself.
        public var weights = Weights.int8
        /// The kernels to use; nil for the quickest that the processor has.
        public var kernels: KernelSet?
        /// What stands before every query.
        ///
        /// Nil for what the folder says, in `prompts` of
        /// `config_sentence_transformers.json`. A converted model keeps what it was converted with.
        public var queryPrefix: String?
        /// What stands before every passage, as ``queryPrefix``.
        public var passagePrefix: String?
        /// What a model may have at most.
        public var limits = ModelLimits()

        /// 8 bits, the quickest kernels, the folder's prefixes.
        public init() {}
    }

    private let image: ModelImage
    private let kernels: Kernels
    private let pool: ScratchPool
    private let batchRows: Int
    private let queryPrefix: String
    private let passagePrefix: String

    /// Reads a model in the layout of sentence-transformers and converts it in memory.
    ///
    /// Takes about a second for a model of 90 MB; ``convert(folder:to:options:)`` does it once.
    ///
    /// - Throws: ``EncoderError``, which names the file and the tensor.
    public convenience init(folder: URL, options: Options = Options()) throws {
        try self.init(image: ModelFolder(folder, options: options).convert(), options: options)
    }

    /// Maps a model that ``convert(folder:to:options:)`` wrote.
    ///
    /// The file is read once to compare its checksum: some 30 ms.
    ///
    /// - Throws: ``EncoderError``.
    public convenience init(converted file: URL, options: Options = Options()) throws {
        try self.init(image: ModelImage(mapping: file, limits: options.limits), options: options)
    }

    /// Reads a converted model from memory.
    ///
    /// - Throws: ``EncoderError``.
    public convenience init(converted bytes: [UInt8], options: Options = Options()) throws {
        try self.init(
            image: ModelImage(copying: bytes, name: "the model", limits: options.limits),
            options: options
        )
    }

    private init(image: ModelImage, options: Options) throws(EncoderError) {
        let set = options.kernels ?? .best
        guard let kernels = Kernels(set) else {
            throw EncoderError(.unsupported, file: set.rawValue, "this processor lacks the kernels' instructions")
        }
        self.image = image
        self.kernels = kernels
        // Enough rows that the weights are read rarely, and few enough that their vectors stay in the caches.
        batchRows = max(image.description.maximumTokens, 256)
        pool = ScratchPool(image.description, rows: batchRows)
        queryPrefix = options.queryPrefix ?? image.description.queryPrefix
        passagePrefix = options.passagePrefix ?? image.description.passagePrefix
    }

    /// Converts the model of a folder and writes it to `file`, which is complete or not there.
    ///
    /// - Throws: ``EncoderError``.
    public static func convert(folder: URL, to file: URL, options: Options = Options()) throws {
        try ModelFolder(folder, options: options).convert().write(to: file)
    }

    /// Writes the converted model to `file`, which is complete or not there.
    ///
    /// - Throws: ``EncoderError``.
    public func write(to file: URL) throws { try image.write(to: file) }

    /// Coordinates of a vector.
    public var dimension: Int { image.description.width }

    /// The number of tokens that a text is cut to, including the first and the last.
    public var maximumTokens: Int { image.description.maximumTokens }

    /// How the model's weights are kept.
    public var weights: Options.Weights { image.description.weights == .int8 ? .int8 : .float }

    /// The SHA-256 of the converted model, in hexadecimal: of its weights, its vocabulary and its settings.
    ///
    /// Vectors of encoders with the same identity can be compared.
    public var identity: String { image.identity }

    /// The kernels that are used.
    public var kernelSet: KernelSet { kernels.set }

    /// The model's tokenizer.
    public var tokenizer: Tokenizer { image.tokenizer }

    /// The number of tokens of `text` with its prefix, which can be above ``maximumTokens``.
    public func tokenCount(_ text: String, as role: Role) -> Int { tokenizer.count(prefixed(text, role)) }

    private func prefixed(_ text: String, _ role: Role) -> String {
        let prefix = role == .query ? queryPrefix : passagePrefix
        return prefix.isEmpty ? text : prefix + text
    }

    private func ids(_ text: String, _ role: Role) -> [Int32] {
        tokenizer.encode(prefixed(text, role), limit: maximumTokens)
    }

    /// Encodes one text on the calling thread.
    ///
    /// Cost: proportional to its tokens; 16 tokens take about 2 ms with AVX2.
    public func encode(_ text: String, as role: Role) -> Embedding { encode(tokens: ids(text, role)) }

    /// Encodes a sequence of token ids.
    ///
    /// There are 1 to ``maximumTokens`` ids, all below ``Tokenizer/vocabularySize``.
    public func encode(tokens: [Int32]) -> Embedding {
        precondition((1...maximumTokens).contains(tokens.count), "a sequence fits into the model")
        precondition(tokens.allSatisfy { 0 <= $0 && Int($0) < tokenizer.vocabularySize }, "an id has an embedding")
        return pool.with { run([tokens], $0)[0] }
    }

    private func run(_ sequences: ArraySlice<[Int32]>, _ scratch: Scratch) -> [Embedding] {
        ForwardPass(image: image, kernels: kernels.functions, scratch: scratch).run(sequences)
    }

    /// Encodes texts in their order, on `threads` threads at most.
    ///
    /// The calling thread works too and returns when all are done. Short texts share a pass, which is quicker than one by
    /// one. Memory: the result, the token ids of 1024 texts, and 5 MB for each thread.
    public func encode(batch texts: [String], as role: Role, threads: Int = 1) -> [Embedding] {
        precondition(threads >= 1, "somebody has to work")
        var results: [Embedding] = []
        results.reserveCapacity(texts.count)
        for start in stride(from: 0, to: texts.count, by: 1_024) {
            results += encodeWindow(texts[start..<min(start + 1_024, texts.count)], role, threads)
        }
        return results
    }

    private func encodeWindow(_ texts: ArraySlice<String>, _ role: Role, _ threads: Int) -> [Embedding] {
        let sequences = texts.map { ids($0, role) }
        let passes = passes(sequences)
        guard threads > 1, passes.count > 1 else {
            return pool.with { scratch in passes.flatMap { run(sequences[$0], scratch) } }
        }
        let results = Mutex<[[Embedding]]>(Array(repeating: [], count: passes.count))
        let next = Atomic(0)
        // `concurrentPerform` returns when all is done and uses the calling thread, so that no thread waits for another
        // that has not started, whichever pool the caller belongs to.
        DispatchQueue.concurrentPerform(iterations: min(threads, passes.count)) { _ in
            pool.with { scratch in
                while true {
                    let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
                    guard number < passes.count else { return }
                    let embeddings = run(sequences[passes[number]], scratch)
                    results.withLock { $0[number] = embeddings }
                }
            }
        }
        return results.withLock { $0.flatMap { $0 } }
    }

    /// Ranges of neighbours that fit into one pass.
    private func passes(_ sequences: [[Int32]]) -> [Range<Int>] {
        var passes: [Range<Int>] = []
        var start = 0
        var rows = 0
        for (position, sequence) in sequences.enumerated() {
            if rows + sequence.count > batchRows {
                passes.append(start..<position)
                (start, rows) = (position, 0)
            }
            rows += sequence.count
        }
        if start < sequences.count { passes.append(start..<sequences.count) }
        return passes
    }
}
