import FEEL

/// Makes plans from a graph and its compiled elements.
struct PlanMaker {
    let graph: ElementGraph
    /// The compiled decisions and inputs by place; nil for the rest.
    let units: [ModelCore.Unit?]

    /// The plan for some decisions.
    ///
    /// - Parameters:
    ///   - goals: The decisions asked for.
    ///   - given: Elements whose values come from outside, in this order; further ones that are needed follow.
    /// - Returns: The plan; one that says why it cannot be carried out when the decisions require themselves.
    func plan(for goals: [Int], given: [Int] = []) -> Plan {
        let boundary = Set(given)
        let order = RequirementOrder(
            goals: goals,
            requires: { graph.information[$0] },
            isBoundary: { boundary.contains($0) || isInput($0) }
        )
        let inputs = given + order.order.filter { isInput($0) && !boundary.contains($0) }
        let decisions = order.order.filter { !isInput($0) && !boundary.contains($0) }
        var places: [Int: Int] = [:]
        for (place, element) in (inputs + decisions).enumerated() {
            places[element] = place
        }
        let steps = decisions.compactMap { step($0, places) }
        let names = goals.map { graph.elements[$0].variable.name }
        return Plan(
            inputs: inputs,
            steps: steps,
            outputs: zip(names, goals).map { (name: $0, place: places[$1] ?? 0) },
            shape: goals.count > 1 && Set(names).count == names.count ? ContextShape(names) : nil,
            failure: order.cycle.map { "the decision requires itself: " + ElementGraph.path(of: $0, in: graph) }
        )
    }

    private func isInput(_ place: Int) -> Bool {
        graph.elements[place].isInput
    }

    private func step(_ element: Int, _ places: [Int: Int]) -> Plan.Step? {
        guard case .decision(let unit)? = units[element] else {
            return nil
        }
        return Plan.Step(unit: unit, bindings: unit.bindings.map { moved($0, places) })
    }

    private func moved(_ binding: ModelCore.Binding, _ places: [Int: Int]) -> ModelCore.Binding {
        switch binding {
        case .value(let element): .value(places[element] ?? 0)
        case .function: binding
        case .imported(let shape, let entries): .imported(shape, entries.map { moved($0, places) })
        }
    }
}

extension ElementGraph {
    /// A circle of requirements in words.
    static func path(of cycle: [Int], in graph: ElementGraph) -> String {
        let names = cycle.prefix(12).map { "'\(graph.elements[$0].name)'" }
        return (names + (cycle.count > 12 ? ["…"] : []) + names.prefix(1)).joined(separator: " → ")
    }
}
