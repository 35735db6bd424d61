/// All elements of a model and its imports, and what requires what.
struct ElementGraph {
    /// The elements; an element is known by its place here.
    private(set) var elements: [Element] = []
    /// For each element what it requires: decisions and input data.
    private(set) var information: [[Int]] = []
    /// For each element the functions it requires.
    private(set) var knowledge: [[Int]] = []
    /// What was found on the way.
    private(set) var findings: [Finding] = []
    let set: ModelSet
    private var places: [Key: Int] = [:]

    private struct Key: Hashable {
        let model: Int
        let id: String
    }

    init(_ set: ModelSet) {
        self.set = set
        for (index, model) in set.models.enumerated() {
            add(model, index)
        }
        for place in elements.indices {
            let (information, knowledge) = requirements(of: place)
            self.information.append(information)
            self.knowledge.append(knowledge)
        }
    }

    private mutating func add(_ model: DecisionModel, _ index: Int) {
        for (place, input) in model.inputData.enumerated() {
            add(.input(place), index, input.id, input.name, input.variable, input.location)
        }
        for (place, decision) in model.decisions.enumerated() {
            add(.decision(place), index, decision.id, decision.name, decision.variable, decision.location)
        }
        for (place, knowledge) in model.knowledgeModels.enumerated() {
            add(.knowledge(place), index, knowledge.id, knowledge.name, knowledge.variable, knowledge.location)
        }
        for (place, service) in model.services.enumerated() {
            add(.service(place), index, service.id, service.name, service.variable, service.location)
        }
    }

    private mutating func add(
        _ kind: Element.Kind,
        _ model: Int,
        _ id: String,
        _ name: String,
        _ variable: InformationItem,
        _ location: Location
    ) {
        let key = Key(model: model, id: id)
        if places[key] != nil {
            findings.append(Finding(.error, .duplicate, "the id '\(id)' is used more than once", at: location))
        }
        places[key] = elements.count
        let element = Element(kind: kind, model: model, name: name, variable: variable, location: location)
        elements.append(element)
    }

    // MARK: References

    private mutating func requirements(of place: Int) -> (information: [Int], knowledge: [Int]) {
        let element = elements[place]
        let model = set.models[element.model]
        switch element.kind {
        case .decision(let index):
            let decision = model.decisions[index]
            return (
                resolve(decision.informationRequirements, in: element.model, wanted: "a decision or input data") {
                    !$0.isInvocable
                },
                resolveKnowledge(decision.knowledgeRequirements, in: element.model)
            )
        case .knowledge(let index):
            return ([], resolveKnowledge(model.knowledgeModels[index].knowledgeRequirements, in: element.model))
        case .input, .service:
            return ([], [])
        }
    }

    private mutating func resolveKnowledge(_ references: [Reference], in model: Int) -> [Int] {
        resolve(references, in: model, wanted: "a business knowledge model or decision service") { $0.isInvocable }
    }

    /// The elements that references of a model mean; unknown ones are noted and left out.
    mutating func resolve(
        _ references: [Reference],
        in model: Int,
        wanted: String,
        where isWanted: (Element) -> Bool
    ) -> [Int] {
        var result: [Int] = []
        for reference in references {
            guard let place = place(of: reference, in: model), isWanted(elements[place]) else {
                let message = "'\(reference.id)' is not \(wanted) of this model or an imported one"
                findings.append(Finding(.error, .unknownReference, message, at: reference.location))
                continue
            }
            if !result.contains(place) {
                result.append(place)
            }
        }
        return result
    }

    private func place(of reference: Reference, in model: Int) -> Int? {
        guard let namespace = reference.namespace, namespace != set.models[model].namespace else {
            return places[Key(model: model, id: reference.id)]
        }
        return set.index(of: namespace).flatMap { places[Key(model: $0, id: reference.id)] }
    }

    /// The qualifier under which one model sees another: nil for itself and for imports without a name.
    func qualifier(of other: Int, seenFrom model: Int) -> String? {
        if other == model {
            return nil
        }
        let namespace = set.models[other].namespace
        let wanted = set.models[model].imports.first { $0.namespace == namespace }
        return wanted.flatMap { $0.name.isEmpty ? nil : $0.name }
    }
}
