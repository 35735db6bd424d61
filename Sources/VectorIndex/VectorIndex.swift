import Synchronization

internal import CEncoderKernels

/// Vectors by number, and which of them are nearest to another one.
///
/// Vectors are kept in 8 bits a coordinate. While there are few, every one is compared: the exact scan. Beyond
/// ``Options/exactLimit`` they are in partitions around centres (inverted lists; Sivic and Zisserman, 2003), and a search
/// reads those whose centres are nearest. What a filter excludes is skipped before anything is compared, and the more it
/// excludes, the more partitions are read: the nearest that pass are then further away.
///
/// Changes make a new immutable state; a search works on the one that it began with and waits for nobody. The same changes
/// in the same order give the same answers, whatever the number of threads.
///
/// ## Topics
/// - Changing: ``apply(_:)``, ``insert(_:_:)``, ``remove(_:)``
/// - Contents: ``count``, ``contains(_:)``, ``identifiers``
/// - Searching: ``nearest(_:count:filter:reach:)``, ``exactNearest(_:count:filter:)``
/// - Keeping: ``save(to:)``, ``init(loading:options:)``
package final class VectorIndex: Sendable {
    /// How an index is built and searched.
    package struct Options: Sendable, Hashable {
        /// Up to this many vectors, every one is compared.
        package var exactLimit = 20_000
        /// Vectors of a partition on average.
        package var partitionSize = 128
        /// Vectors that a search reads without a filter; with one, those of more partitions.
        ///
        /// Of the ten nearest of 100,000 to 500,000 passages, 12,000 contain 99 % on average.
        package var reach = 12_000
        /// Threads that form partitions.
        ///
        /// They change nothing but the time.
        package var threads = 1
        /// The name of a set of kernels; nil for the quickest.
        package var kernels: String?

        /// What is right for up to a million vectors of 384 coordinates.
        package init() {}
    }

    /// A change of an index.
    package enum Change: Sendable {
        /// Adds a vector, or replaces that of the same number. It has the index's dimension; its length does not matter.
        case insert(UInt32, [Float])
        /// Takes a vector out, if there is one.
        case remove(UInt32)
    }

    /// A vector that was found.
    package struct Match: Sendable, Hashable {
        package let id: UInt32
        /// The cosine of the angle between the two vectors, up to rounding to 8 bits.
        package let score: Float
    }

    /// Coordinates of a vector.
    package let dimension: Int
    package let options: Options
    let stride: Int
    let kernels: Kernels
    private let current: Mutex<IndexState>
    /// What only changes need.
    private let writer: Mutex<Writer>

    struct Writer {
        /// Vectors when partitions were last formed anew; 0 while every vector is compared.
        var formed = 0
    }

    /// An empty index of vectors with `dimension` coordinates, 1 to 16384.
    package convenience init(dimension: Int, options: Options = Options()) {
        self.init(dimension: dimension, options: options, state: IndexState(), formed: 0)
    }

    init(dimension: Int, options: Options, state: IndexState, formed: Int) {
        precondition((1...16_384).contains(dimension), "a dimension is from 1 to 16384")
        self.dimension = dimension
        self.options = options
        stride = (dimension + 63) / 64 * 64
        kernels = Kernels(options.kernels)
        current = Mutex(state)
        writer = Mutex(Writer(formed: formed))
    }

    var state: IndexState { current.withLock { $0 } }

    /// The state between two changes, and the number of vectors when its partitions were formed.
    var snapshot: (state: IndexState, formed: Int) { writer.withLock { (state, $0.formed) } }

    /// The number of vectors.
    package var count: Int { state.count }

    /// Whether every vector is compared.
    package var isExact: Bool { state.centroids == nil }

    /// Adds or replaces one vector; ``apply(_:)`` is quicker for several.
    package func insert(_ id: UInt32, _ vector: [Float]) { apply([.insert(id, vector)]) }

    /// Takes one vector out.
    package func remove(_ id: UInt32) { apply([.remove(id)]) }

    /// Whether there is a vector of this number.
    package func contains(_ id: UInt32) -> Bool { state.places[id] != nil }

    /// The numbers of all vectors.
    package var identifiers: IdentifierSet {
        var result = IdentifierSet()
        for partition in state.partitions {
            for row in 0..<partition.count { result.insert(partition.ids[row]) }
        }
        return result
    }

    /// Makes changes in their order; searches see all of them or none.
    ///
    /// Cost: some 50 µs for a partition that changes. Whenever the number of vectors has doubled, all partitions are
    /// formed anew: about 15 s of one core for 500,000 vectors of 384 coordinates. Partitions that become too large in
    /// between are split.
    package func apply(_ changes: [Change]) {
        writer.withLock { writer in
            var last: [UInt32: Quantized?] = [:]
            for change in changes {
                switch change {
                case .insert(let id, let vector):
                    precondition(vector.count == dimension, "a vector has the dimension of its index")
                    last[id] = .some(Quantized(id: id, vector, stride: stride))
                case .remove(let id): last[id] = .some(nil)
                }
            }
            var update = IndexUpdate(index: self, state: state, writer: writer)
            // In the order of numbers, because a dictionary has none.
            update.apply(last.sorted { $0.key < $1.key })
            writer = update.writer
            let state = update.state
            current.withLock { $0 = state }
        }
    }

    /// The `count` nearest vectors of those that are in `filter`, the nearest first; equally near ones by number.
    ///
    /// Beyond ``Options/exactLimit`` some of them can be missing: see ``Options/reach``, in whose place `reach` can be given.
    /// `query` has the index's dimension and any length.
    ///
    /// Cost: with 500,000 vectors of 384 coordinates, 0.4 to 0.8 ms.
    package func nearest(
        _ query: [Float],
        count: Int,
        filter: IdentifierSet? = nil,
        reach: Int? = nil
    ) -> [Match] {
        search(query, count, filter, reach ?? options.reach)
    }

    /// As ``nearest(_:count:filter:reach:)``, with every vector compared.
    ///
    /// Cost: a filter of few vectors costs only the partitions that they are in, some 200 ns for each.
    package func exactNearest(_ query: [Float], count: Int, filter: IdentifierSet? = nil) -> [Match] {
        search(query, count, filter, nil)
    }

    private func search(_ query: [Float], _ count: Int, _ filter: IdentifierSet?, _ reach: Int?) -> [Match] {
        precondition(query.count == dimension, "a query has the dimension of its index")
        let state = state
        guard count > 0, state.count > 0, filter.map({ $0.count > 0 }) ?? true else { return [] }
        var search = IndexSearch(self, state, query, count, filter)
        return search.run(reach: reach)
    }
}

/// What searches work on: it never changes.
struct IndexState: Sendable {
    /// Those of an exact index are in the order of their vectors, up to 1024 in each.
    let partitions: [Partition]
    /// A centre for each partition; nil if every vector is compared.
    let centroids: Centroids?
    /// In which partition each vector is.
    let places: PlaceTable
    let count: Int

    /// A state without vectors.
    init() { self.init(partitions: [], centroids: nil, places: PlaceTable()) }

    init(partitions: [Partition], centroids: Centroids?, places: PlaceTable) {
        (self.partitions, self.centroids, self.places) = (partitions, centroids, places)
        count = partitions.reduce(0) { $0 + $1.count }
    }
}
