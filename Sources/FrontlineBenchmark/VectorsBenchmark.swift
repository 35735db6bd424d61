import ArgumentParser
import Foundation
import FrontlineService
import VectorIndex

struct VectorsBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vectors",
        abstract: "Time searches among vectors and compare them with the exact scan.",
        discussion: """
            Vectors and queries are files of 32-bit floats, one vector after another; without them, vectors around random \
            centres are made. A line is printed for forming the index, and one for each filter: none, and filters that \
            pass 50, 5 and .5 % of the vectors. With --matches, the numbers found without a filter are written to a file, \
            ten a line, so that Integration/encoder/vectors.py compares them with hnswlib and faiss.
            """
    )

    @Option(help: "A file of vectors.", completion: .file()) var vectors: String?
    @Option(help: "A file of queries.", completion: .file()) var queries: String?
    @Option(help: "Coordinates of a vector.") var dimension = 384
    @Option(help: "Vectors to make where no file is given.") var count = 100_000
    @Option(help: "Vectors that a search reads; by default what the index decides.") var reach: Int?
    @Option(help: "Threads that form the index.") var threads = 1
    @Option(help: "A file for the numbers found.", completion: .file()) var matches: String?

    private struct Forming: Encodable {
        let engine = "frontline"
        let stage = "form"
        let vectors: Int
        let seconds: Double
    }

    private struct Searching: Encodable {
        let engine = "frontline"
        let stage = "search"
        let passing: Double
        let queries: Int
        let recallAt10: Double
        let p50Milliseconds: Double
        let p99Milliseconds: Double
        let exactP50Milliseconds: Double
    }

    func validate() throws {
        guard (1...16_384).contains(dimension), count > 0, threads > 0, (vectors == nil) == (queries == nil) else {
            throw ValidationError("dimension, count and threads are above 0; vectors and queries are given together")
        }
    }

    func run() throws {
        var generator = SystemRandomNumberGenerator()
        let rows = try vectors.map(read) ?? clustered(count, using: &generator)
        let asked = try queries.map(read) ?? clustered(500, using: &generator)
        var options = VectorIndex.Options()
        options.threads = threads
        let index = VectorIndex(dimension: dimension, options: options)
        let start = Monotonic.nanoseconds()
        index.apply(rows.enumerated().map { .insert(UInt32($0), $1) })
        let seconds = Double(Monotonic.nanoseconds() - start) / 1e9
        try JSONLine.print(Forming(vectors: index.count, seconds: (seconds * 10).rounded() / 10))
        for passing in [1, 0.5, 0.05, 0.005] { try search(index, asked, passing) }
        if let matches {
            let lines = asked.map { query in
                index.nearest(query, count: 10, reach: reach).map { "\($0.id)" }.joined(separator: " ")
            }
            try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: matches))
        }
    }

    private func search(_ index: VectorIndex, _ queries: [[Float]], _ passing: Double) throws {
        // The same vectors pass in every run.
        let passes = { (id: UInt32) in Double((UInt64(id) &* 0x9E37_79B9_7F4A_7C15) >> 40) < passing * 0x1p24 }
        let filter = passing < 1 ? IdentifierSet((0..<UInt32(index.count)).filter(passes)) : nil
        var times: [UInt64] = []
        var exactTimes: [UInt64] = []
        var shared = 0
        var possible = 0
        for query in queries {
            let start = Monotonic.nanoseconds()
            let found = index.nearest(query, count: 10, filter: filter, reach: reach)
            let middle = Monotonic.nanoseconds()
            let exact = index.exactNearest(query, count: 10, filter: filter)
            exactTimes.append(Monotonic.nanoseconds() - middle)
            times.append(middle - start)
            shared += Set(found).intersection(exact).count
            possible += exact.count
        }
        let percentiles = Percentiles(nanoseconds: times)
        try JSONLine.print(
            Searching(
                passing: passing,
                queries: queries.count,
                recallAt10: (Double(shared) / Double(max(possible, 1)) * 1e4).rounded() / 1e4,
                p50Milliseconds: percentiles.milliseconds(0.5),
                p99Milliseconds: percentiles.milliseconds(0.99),
                exactP50Milliseconds: Percentiles(nanoseconds: exactTimes).milliseconds(0.5)
            )
        )
    }

    private func read(_ path: String) throws -> [[Float]] {
        let data = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
        guard data.count % (4 * dimension) == 0, !data.isEmpty else {
            throw ValidationError("\(path) does not consist of vectors with \(dimension) coordinates")
        }
        return data.withUnsafeBytes { bytes in
            (0..<data.count / (4 * dimension)).map { row in
                (0..<dimension).map { bytes.loadUnaligned(fromByteOffset: 4 * (row * dimension + $0), as: Float.self) }
            }
        }
    }

    private func clustered(_ count: Int, using generator: inout some RandomNumberGenerator) -> [[Float]] {
        func direction(_ spread: Float) -> [Float] {
            (0..<dimension).map { _ in .random(in: -spread...spread, using: &generator) }
        }
        let centers = (0..<1_000).map { _ in direction(1) }
        return (0..<count).map { _ in
            zip(centers.randomElement(using: &generator) ?? [], direction(0.7)).map { $0 + $1 }
        }
    }
}
