/// The order in which decisions must be evaluated, found without recursion, so that a chain may be of any length.
struct RequirementOrder {
    /// The places reached, each after everything it requires; those in `isBoundary` are not looked into.
    private(set) var order: [Int] = []
    /// A circle of requirements, when there is one.
    private(set) var cycle: [Int]?

    private enum Mark { case open, done }

    /// Walks from `goals`.
    ///
    /// - Parameters:
    ///   - goals: Where to begin.
    ///   - requires: What a place requires.
    ///   - isBoundary: Whether a place is given from outside and needs nothing.
    init(goals: [Int], requires: (Int) -> [Int], isBoundary: (Int) -> Bool) {
        var marks: [Int: Mark] = [:]
        for goal in goals where marks[goal] == nil {
            walk(goal, &marks, requires, isBoundary)
        }
    }

    private mutating func walk(
        _ goal: Int,
        _ marks: inout [Int: Mark],
        _ requires: (Int) -> [Int],
        _ isBoundary: (Int) -> Bool
    ) {
        var path: [(place: Int, rest: ArraySlice<Int>)] = []
        func open(_ place: Int) {
            marks[place] = .open
            path.append((place, isBoundary(place) ? [] : requires(place)[...]))
        }
        open(goal)
        while var top = path.popLast() {
            guard let next = top.rest.popFirst() else {
                marks[top.place] = .done
                order.append(top.place)
                continue
            }
            path.append(top)
            switch marks[next] {
            case nil: open(next)
            case .open where cycle == nil:
                let start = path.firstIndex { $0.place == next } ?? 0
                cycle = path[start...].map(\.place)
            case .open, .done: break
            }
        }
    }
}
