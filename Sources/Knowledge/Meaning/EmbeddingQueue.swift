/// The articles that wait for their vectors, oldest first, and how many passages they have.
struct EmbeddingQueue: Sendable {
    /// The passages of each article that waits; nil until they have been counted.
    private var waiting: [String: Int?] = [:]
    /// The keys in the order of their arrival, with some that no longer wait.
    private var order: [String] = []
    /// Those before it no longer wait.
    private var start = 0
    private var uncounted: [String] = []

    /// The passages of all that wait; one for each article that has not been counted.
    private(set) var passages = 0

    var isEmpty: Bool { waiting.isEmpty }

    /// The number of articles.
    var count: Int { waiting.count }

    /// Whether an article waits.
    func contains(_ key: String) -> Bool { waiting[key] != nil }

    /// Adds an article, or moves it to the end.
    mutating func append(_ key: String, passages: Int?) {
        remove(key)
        waiting[key] = .some(passages)
        order.append(key)
        self.passages += passages ?? 1
        if passages == nil { uncounted.append(key) }
    }

    /// Takes an article out, if it is there.
    mutating func remove(_ key: String) {
        guard let passages = waiting.removeValue(forKey: key) else { return }
        self.passages -= passages ?? 1
        while start < order.count, waiting[order[start]] == nil { start += 1 }
        // What has gone leaves the array before it is half of it.
        if start >= 64, start * 2 >= order.count {
            order.removeFirst(start)
            start = 0
        }
    }

    /// Takes articles whose passages are to be counted, `limit` at most.
    mutating func takeUncounted(_ limit: Int) -> [String] {
        var result: [String] = []
        while result.count < limit, let key = uncounted.popLast() {
            if let passages = waiting[key], passages == nil { result.append(key) }
        }
        return result
    }

    /// Notes how many passages an article has, if it waits.
    mutating func note(_ passages: Int, of key: String) {
        guard let known = waiting[key] else { return }
        self.passages += passages - (known ?? 1)
        waiting[key] = .some(passages)
    }

    /// The next articles, as many as have `passages` together, and one at least; they go on waiting.
    func next(passages limit: Int) -> [String] {
        var result: [String] = []
        var seen: Set<String> = []
        var sum = 0
        for key in order[start...] where sum < limit {
            guard let passages = waiting[key], seen.insert(key).inserted else { continue }
            result.append(key)
            sum += passages ?? 1
        }
        return result
    }
}
