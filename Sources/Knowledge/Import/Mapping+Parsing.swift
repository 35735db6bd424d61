import LibXML

extension Mapping {
    /// Reads a mapping and compiles each XPath in it.
    ///
    /// - Parameters:
    ///   - yaml: The file's text.
    ///   - file: Named in errors.
    /// - Throws: ``MappingError`` with the line of the first mistake: an unknown key, an invalid value, an XPath that
    ///   does not compile, or an element outside the subset.
    package init(yaml: String, file: String) throws(MappingError) {
        let root = try MappingNode.parse(yaml, file: file)
        self.init(name: "", file: file)
        let known = [
            "name", "description", "matches", "namespaces", "record", "fields", "elements", "classes", "skip", "empty",
            "versions", "redirects", "assemble", "wikitext",
        ]
        let members = try root.members(known)
        // Prefixes are read first, because every XPath is compiled with them.
        for (key, value) in members where key == "namespaces" { namespaces = try value.map() }
        for (key, value) in members { try read(key, value) }
        guard !name.isEmpty else { throw root.error("'name' is missing") }
        guard !matches.elements.isEmpty || matches.test != nil else { throw root.error("'matches' is missing") }
        guard !record.isEmpty else { throw root.error("'record' is missing") }
        guard fields[.id] != nil, fields[.title] != nil else { throw root.error("fields: 'id' and 'title' are needed") }
    }

    private mutating func read(_ key: String, _ value: MappingNode) throws(MappingError) {
        switch key {
        case "name": name = try value.text()
        case "matches": try readMatches(value)
        case "record": record = try value.texts().map { text throws(MappingError) in try recordName(text, value) }
        case "fields": try readFields(value)
        case "elements": try readElements(value)
        case "classes":
            classAttribute = try value.text()
            markup = markup.withClasses(classAttribute)
        case "skip": skip = try path(value)
        case "empty": skipsEmpty = try value.choice(of: Emptiness.self) == .skip
        case "versions": versions = try readVersions(value)
        case "redirects": redirects = try readRedirects(value)
        case "assemble": assembly = try value.choice(of: Assembly.self)
        case "wikitext": wikitext = try readWikitext(value)
        default: break
        }
    }

    private mutating func readMatches(_ node: MappingNode) throws(MappingError) {
        for (key, value) in try node.members(["element", "namespace", "test"]) {
            switch key {
            case "element": matches.elements = try value.texts()
            case "namespace": matches.namespaces = try value.texts()
            default: matches.test = try path(value)
            }
        }
    }

    /// How records without a section are treated.
    private enum Emptiness: String, CaseIterable {
        case keep, skip
    }

    private func readVersions(_ node: MappingNode) throws(MappingError) -> Versions {
        var versions = Versions(group: "")
        for (key, value) in try node.members(["of", "order"]) {
            if key == "of" { versions.group = try path(value) } else { versions.order = try path(value) }
        }
        guard !versions.group.isEmpty else { throw node.error("'of' is missing") }
        return versions
    }

    private func readRedirects(_ node: MappingNode) throws(MappingError) -> Redirects {
        var redirects = Redirects(title: "", targets: [])
        for (key, value) in try node.members(["title", "target", "text"]) {
            switch key {
            case "title": redirects.title = try path(value)
            case "target": redirects.targets = try paths(value)
            default: redirects.text = try path(value)
            }
        }
        guard !redirects.title.isEmpty else { throw node.error("'title' is missing") }
        guard !redirects.targets.isEmpty || redirects.text != nil else { throw node.error("needs 'target' or 'text'") }
        return redirects
    }

    private func readWikitext(_ node: MappingNode) throws(MappingError) -> WikitextRules {
        var rules = WikitextRules()
        let names = { (node: MappingNode) throws(MappingError) in Set(try node.texts().map { $0.lowercased() }) }
        for (key, value) in try node.members(["templates", "files", "categories", "redirects"]) {
            switch key {
            case "files": rules.files = try names(value)
            case "categories": rules.categories = try names(value)
            case "redirects": rules.redirects = try names(value)
            default:
                for (name, number) in try value.map() {
                    guard let number = Int(number), (1...100).contains(number) else {
                        throw value.error("'\(name)' needs the number of a parameter, 1 to 100")
                    }
                    rules.templates[name.lowercased()] = number
                }
            }
        }
        return rules
    }

    private mutating func readElements(_ node: MappingNode) throws(MappingError) {
        var actions: [String: MarkupRules.Action] = [:]
        var conditions: [MarkupRules.Condition] = []
        for (name, value) in try node.members(nil) {
            let action = try action(value)
            if name.hasSuffix("]") {
                conditions.append(try condition(name, value, action))
            } else {
                actions[name] = action
            }
        }
        markup = MarkupRules(actions: actions, conditions: conditions, classAttribute: classAttribute)
    }

    private func action(_ node: MappingNode) throws(MappingError) -> MarkupRules.Action {
        switch try node.text() {
        case "text": .text
        case "spaced": .spaced
        case "block": .block
        case "drop": .drop
        case "last": .last
        case let attribute where attribute.hasPrefix("@") && attribute.count > 1:
            .attribute(String(attribute.dropFirst()))
        default: .tag(try node.choice(of: MarkupTag.self))
        }
    }

    /// Reads `name[attribute=value]`.
    private func condition(
        _ text: String,
        _ node: MappingNode,
        _ action: MarkupRules.Action
    ) throws(MappingError) -> MarkupRules.Condition {
        guard let match = text.wholeMatch(of: #/([^\[\]\/=]+)\[([^\[\]=]+)=([^\[\]=]*)\]/#) else {
            throw node.error("an element with an attribute is written name[attribute=value]")
        }
        return MarkupRules.Condition(
            element: String(match.1),
            attribute: String(match.2),
            value: String(match.3),
            action: action
        )
    }

    private func recordName(_ text: String, _ node: MappingNode) throws(MappingError) -> XMLName {
        guard let colon = text.firstIndex(of: ":") else { return XMLName(text) }
        let prefix = String(text[..<colon])
        guard let namespace = namespaces[prefix] else {
            throw node.error("the prefix '\(prefix)' is not in 'namespaces'")
        }
        return XMLName(String(text[text.index(after: colon)...]), namespace: namespace)
    }

    // MARK: Fields

    private mutating func readFields(_ node: MappingNode) throws(MappingError) {
        for (key, value) in try node.members(MappingField.allCases.map(\.rawValue) + ["sections"]) {
            if let field = MappingField(rawValue: key) {
                fields[field] = try readField(value)
            } else {
                guard let items = value.items else { throw value.error("must be a list") }
                for item in items { sections.append(try readSection(item)) }
            }
        }
    }

    private func readField(_ node: MappingNode) throws(MappingError) -> Field {
        var field = Field()
        guard node.isMap else {
            field.paths = try paths(node)
            return field
        }
        for (key, value) in try node.members(["xpath", "map", "default", "split", "format"]) {
            switch key {
            case "xpath": field.paths = try paths(value)
            case "map": field.values = try value.map()
            case "default": field.fallback = try value.text()
            case "split": field.separator = try value.text()
            default: field.format = try value.choice(of: Format.self)
            }
        }
        guard !field.paths.isEmpty || field.fallback != nil else { throw node.error("needs 'xpath' or 'default'") }
        guard field.separator != "" else { throw node.error("'split' must not be empty") }
        return field
    }

    private func readSection(_ node: MappingNode) throws(MappingError) -> Section {
        var section = Section(content: "")
        for (key, value) in try node.members(["kind", "title", "content", "format", "each"]) {
            switch key {
            case "kind": section.kind = try value.choice(of: Article.Section.Kind.self)
            case "title": section.title = try path(value)
            case "content": section.content = try path(value)
            case "each": section.isOneForEach = try value.flag()
            default: section.format = try value.choice(of: Format.self)
            }
        }
        guard !section.content.isEmpty else { throw node.error("'content' is missing") }
        return section
    }

    private func paths(_ node: MappingNode) throws(MappingError) -> [String] {
        guard let items = node.items else { return [try path(node)] }
        var result: [String] = []
        for item in items { result.append(try path(item)) }
        return result
    }

    /// Reads an XPath and compiles it, to check its syntax and that its prefixes are declared.
    private func path(_ node: MappingNode) throws(MappingError) -> String {
        let text = try node.text()
        do {
            try XPath(text, namespaces: namespaces).check()
            return text
        } catch {
            throw node.error(error.message)
        }
    }
}
