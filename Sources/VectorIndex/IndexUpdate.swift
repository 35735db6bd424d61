/// Makes a new state of an index from the last one.
struct IndexUpdate {
    private let index: VectorIndex
    private(set) var state: IndexState
    private(set) var writer: VectorIndex.Writer

    /// Vectors of a partition of an exact index.
    private static let exactPartition = 1_024
    /// How many times its average size a partition may have before it is split.
    private static let overflow = 4

    init(index: VectorIndex, state: IndexState, writer: VectorIndex.Writer) {
        self.index = index
        self.state = state
        self.writer = writer
    }

    private var clustering: Clustering {
        Clustering(stride: index.stride, kernels: index.kernels, threads: index.options.threads)
    }

    /// Applies the last change of each number, in the order of numbers.
    mutating func apply(_ changes: [(key: UInt32, value: Quantized?)]) {
        var removed: [Int: Set<UInt32>] = [:]
        var added: [Int: [Quantized]] = [:]
        var places = state.places
        for (id, _) in changes {
            if let place = places.remove(id) { removed[place, default: []].insert(id) }
        }
        let inserted = changes.compactMap(\.value)
        if let centroids = state.centroids {
            for (vector, place) in zip(inserted, nearest(inserted, centroids)) {
                added[Int(place), default: []].append(vector)
            }
        } else {
            addExactly(inserted, removed, &added)
        }
        var partitions = state.partitions
        for place in Set(removed.keys).union(added.keys).sorted() {
            let gone = removed[place] ?? []
            while partitions.count <= place { partitions.append(.empty(stride: index.stride)) }
            partitions[place] = partitions[place].changed(removing: { gone.contains($0) }, adding: added[place] ?? [])
            for vector in added[place] ?? [] { places.set(vector.id, to: place) }
        }
        state = IndexState(partitions: partitions, centroids: state.centroids, places: places)
        if state.count > index.options.exactLimit, state.count >= 2 * writer.formed {
            form()
        } else if state.centroids != nil {
            split(Set(added.keys))
        }
    }

    /// Fills up the last partition and adds others.
    private func addExactly(_ vectors: [Quantized], _ removed: [Int: Set<UInt32>], _ added: inout [Int: [Quantized]]) {
        var place = max(state.partitions.count - 1, 0)
        var room = Self.exactPartition
        if place < state.partitions.count { room -= state.partitions[place].count - (removed[place]?.count ?? 0) }
        for vector in vectors {
            if room <= 0 { (place, room) = (place + 1, Self.exactPartition) }
            added[place, default: []].append(vector)
            room -= 1
        }
    }

    private func nearest(_ vectors: [Quantized], _ centroids: Centroids) -> [Int32] {
        let partition = Partition(count: vectors.count, stride: index.stride) { new in
            for (row, vector) in vectors.enumerated() { new.write(vector, to: row) }
        }
        return clustering.nearest((0..<vectors.count).map { .init(partition: partition, row: $0) }, centroids)
    }

    private func rows(_ partitions: [Partition]) -> [Clustering.Row] {
        partitions.flatMap { partition in (0..<partition.count).map { .init(partition: partition, row: $0) } }
    }

    /// Forms all partitions anew.
    private mutating func form() {
        // By number, so that they depend on the vectors alone and not on the partitions before.
        let rows = rows(state.partitions).sorted { $0.id < $1.id }
        let count = max(1, rows.count / index.options.partitionSize)
        let step = max(1, rows.count / (count * 32))
        let sample = Swift.stride(from: 0, to: rows.count, by: step).map { rows[$0] }
        let centroids = clustering.centroids(sample, count: count)
        var members = Array(repeating: [Clustering.Row](), count: centroids.count)
        for (row, place) in zip(rows, clustering.nearest(rows, centroids)) { members[Int(place)].append(row) }
        let partitions = members.map(partition)
        var places = PlaceTable()
        for (place, partition) in partitions.enumerated() { places.enter(partition, at: place) }
        state = IndexState(partitions: partitions, centroids: centroids, places: places)
        writer.formed = rows.count
        split(Set(state.partitions.indices))
    }

    private func partition(_ rows: [Clustering.Row]) -> Partition {
        Partition(count: rows.count, stride: index.stride) { new in
            for (target, row) in rows.enumerated() { new.copy(row.partition, row.row, to: target) }
        }
    }

    /// Splits those of `grown` that have become too large, until none is.
    private mutating func split(_ grown: Set<Int>) {
        guard let centroids = state.centroids else { return }
        var partitions = state.partitions
        var places = state.places
        var values = centroids.values
        let stride = index.stride
        var pending = grown.sorted()
        var isChanged = false
        while let place = pending.popLast() {
            let old = partitions[place]
            guard old.count > Self.overflow * index.options.partitionSize else { continue }
            let rows = rows([old])
            let halves = clustering.halves(rows)
            let sides = clustering.nearest(rows, halves)
            let second = zip(rows, sides).filter { $0.1 == 1 }.map(\.0)
            // Vectors that are all alike stay together.
            guard !second.isEmpty, second.count < rows.count else { continue }
            partitions[place] = partition(zip(rows, sides).filter { $0.1 == 0 }.map(\.0))
            partitions.append(partition(second))
            values.replaceSubrange(place * stride..<(place + 1) * stride, with: halves.values[..<stride])
            values += halves.values[stride...]
            places.enter(partitions[partitions.count - 1], at: partitions.count - 1)
            pending += [place, partitions.count - 1]
            isChanged = true
        }
        if isChanged {
            state = IndexState(partitions: partitions, centroids: Centroids(values, stride: stride), places: places)
        }
    }
}

extension Clustering.Row {
    var id: UInt32 { partition.ids[row] }
}
