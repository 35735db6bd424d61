import ArgumentParser
import Foundation
import FrontlineService
import SentenceEncoder

struct EncoderBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "encoder",
        abstract: "Time a sentence encoder, or print what it makes of texts.",
        discussion: """
            The model is a folder in the layout of sentence-transformers, or a converted model. A line is printed for \
            loading, for single sequences of several lengths on one core, and for a batch of passages of 128 tokens. \
            With --tokens or --vectors, texts are read from standard input, each after its length in bytes (32 bits, \
            little-endian), and a line is printed for each: that is how Integration/encoder/compare.py compares with \
            the references.
            """
    )

    enum Weights: String, ExpressibleByArgument, CaseIterable { case int8, float }

    @Option(help: "A folder of a model, or a converted model.", completion: .file()) var model: String
    @Option(help: "How the weights of a folder are kept.") var weights = Weights.int8
    @Option(help: "The kernels: portable, avx2, avx512vnni, neon or emulated; by default the quickest.")
    var kernels: String?
    @Option(help: "Repetitions of each length.") var count = 100
    @Option(help: "Passages of the batch.") var passages = 256
    @Option(help: "Threads of the batch.") var threads = 1
    @Flag(help: "Print the ids of the tokens of each text of standard input.") var tokens = false
    @Flag(help: "Print the vector of each text of standard input.") var vectors = false

    private struct Loading: Encodable {
        let engine = "frontline"
        let stage = "load"
        let kernels: String
        let milliseconds: Double
        let identity: String
    }

    private struct Single: Encodable {
        let engine = "frontline"
        let stage = "encode"
        let tokens: Int
        let p50Milliseconds: Double
        let p99Milliseconds: Double
    }

    private struct Batch: Encodable {
        let engine = "frontline"
        let stage = "batch"
        let passages: Int
        let threads: Int
        let passagesPerSecond: Double
    }

    func validate() throws {
        guard count > 0, passages > 0, threads > 0 else {
            throw ValidationError("count, passages and threads are above 0")
        }
        guard kernels.map({ KernelSet(rawValue: $0) != nil }) ?? true else {
            throw ValidationError("there are no such kernels")
        }
    }

    func run() throws {
        let start = Monotonic.nanoseconds()
        let encoder = try open()
        let milliseconds = Double(Monotonic.nanoseconds() - start) / 1e6
        if tokens || vectors { return try printTexts(encoder) }
        try JSONLine.print(
            Loading(
                kernels: encoder.kernelSet.rawValue,
                milliseconds: milliseconds.rounded(),
                identity: encoder.identity
            )
        )
        for length in [8, 16, 32, 64, 128, 256] where length <= encoder.maximumTokens {
            // The sequences of the numpy reference, for a model with its vocabulary.
            let last = Int32(encoder.tokenizer.vocabularySize - 1)
            let ids = [min(101, last)] + (0..<length - 2).map { min(2_000 + 7 * Int32($0), last) } + [min(102, last)]
            let percentiles = Percentiles(
                nanoseconds: (0..<count).map { _ in time { _ = encoder.encode(tokens: ids) } }
            )
            try JSONLine.print(
                Single(
                    tokens: length,
                    p50Milliseconds: percentiles.milliseconds(0.5),
                    p99Milliseconds: percentiles.milliseconds(0.99)
                )
            )
        }
        // A word that is one token in every vocabulary.
        let text = Array(repeating: "a", count: min(126, encoder.maximumTokens - 2)).joined(separator: " ")
        let texts = Array(repeating: text, count: passages)
        let duration = time { _ = encoder.encode(batch: texts, as: .passage, threads: threads) }
        let rate = (Double(passages) / Double(duration) * 1e10).rounded() / 10
        try JSONLine.print(Batch(passages: passages, threads: threads, passagesPerSecond: rate))
    }

    private func open() throws -> SentenceEncoder {
        var options = SentenceEncoder.Options()
        options.weights = weights == .float ? .float : .int8
        options.kernels = kernels.flatMap { KernelSet(rawValue: $0) }
        let url = URL(fileURLWithPath: model)
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: model, isDirectory: &isFolder) && isFolder.boolValue
            ? try SentenceEncoder(folder: url, options: options)
            : try SentenceEncoder(converted: url, options: options)
    }

    private func time(_ body: () -> Void) -> UInt64 {
        let start = Monotonic.nanoseconds()
        body()
        return Monotonic.nanoseconds() - start
    }

    private func printTexts(_ encoder: SentenceEncoder) throws {
        let input = FileHandle.standardInput
        while let head = try input.read(upToCount: 4), head.count == 4 {
            let length = head.enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
            let text = String(
                decoding: length > 0 ? try input.read(upToCount: length) ?? Data() : Data(),
                as: UTF8.self
            )
            let values =
                tokens
                ? encoder.tokenizer.encode(text).map { "\($0)" }
                : encoder.encode(text, as: .passage).vector.map { "\($0)" }
            FileHandle.standardOutput.write(Data((values.joined(separator: " ") + "\n").utf8))
        }
    }
}
