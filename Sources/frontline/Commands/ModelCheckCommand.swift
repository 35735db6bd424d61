import ArgumentParser
import Foundation
import FrontlineService
import ModelSupply
import SentenceEncoder

struct ModelCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Compare what a model makes of known sentences with what it made of them when it was added.",
        discussion: """
            A line is printed for each set of kernels that this processor has: the least cosine of a sentence's two \
            vectors, and the time of a short sentence. The exit code is 1 when a set computes something else.
            """
    )

    @OptionGroup var options: ModelOptions
    @Argument(help: "The name of a model, or the path of a converted one; unless given, the one that auto chooses.")
    var model: String?
    @Flag(help: "Print a JSON object a line.") var json = false

    private struct Line: Encodable {
        let model: String
        let kernels: String
        let isFine: Bool
        let leastCosine: Double
        let milliseconds: Double

        enum CodingKeys: String, CodingKey {
            case model, kernels, milliseconds
            case isFine = "ok"
            case leastCosine = "least_cosine"
        }

        var text: String {
            "\(kernels): \(isFine ? "fine" : "something else"), least cosine \(leastCosine), \(milliseconds) ms a sentence"
        }
    }

    func run() throws {
        let model = try chosen()
        let known = try KnownVectors(of: model)
        if !json { Console.print("\(Console.bold(model.name)) (\(model.url.path))") }
        var isFine = true
        // The emulated kernels are the code of others, for tests.
        for kernels in KernelSet.allCases where kernels.isAvailable && kernels != .emulated {
            var options = SentenceEncoder.Options()
            options.kernels = kernels
            let encoder = try model.open(options)
            let cosine = try known.agreement(with: encoder)
            let line = Line(
                model: model.name,
                kernels: kernels.rawValue,
                isFine: cosine >= KnownVectors.leastCosine,
                leastCosine: (Double(cosine) * 1e6).rounded() / 1e6,
                milliseconds: Self.milliseconds(encoder.model)
            )
            isFine = isFine && line.isFine
            if json { try Console.printJSON(line) } else { Console.print(line.text) }
        }
        if !isFine { throw ExitCode.failure }
    }

    private func chosen() throws -> StoredModel {
        switch EncoderChoice(model ?? "auto") {
        case .name(let name): return try options.shelf.model(named: name)
        case .path(let path): return try StoredModel(at: path)
        case .off: throw ValidationError("“off” is not a model")
        case .automatic:
            let shelf = options.shelf
            let encoder = try shelf.open(.automatic) { skipped in Console.error("warning: \(skipped.error)") }
            guard let encoder else { throw CommandFailure(message: "there is no model in \(shelf.places)") }
            return try StoredModel(at: encoder.location.path)
        }
    }

    /// The median time of a short sentence, on this thread.
    private static func milliseconds(_ encoder: SentenceEncoder) -> Double {
        let times = (0..<9).map { _ in
            let start = Monotonic.nanoseconds()
            _ = encoder.encode(KnownVectors.sentences[0], as: .query)
            return Monotonic.nanoseconds() - start
        }
        return (Double(times.sorted()[4]) / 1e4).rounded() / 100
    }
}
