import CLibXML2

/// A compiled XPath 1.0 expression with the namespaces of its prefixes.
///
/// Not `Sendable`: libxml2 keeps scratch data in the compiled form, so use an expression from one thread at a time.
package final class XPath {
    /// The result of an expression.
    package enum Value {
        case string(String)
        case number(Double)
        case boolean(Bool)
        /// Nodes in document order: elements, and the values of attributes and texts.
        case nodes([Item])
    }

    /// A node selected by an expression.
    package enum Item {
        case element(XMLElement)
        /// The value of an attribute, a text or a namespace.
        case value(String)

        /// The string value: for an element, all text inside.
        package var text: String {
            switch self {
            case .element(let element): element.text
            case .value(let value): value
            }
        }
    }

    /// The expression as given.
    package let source: String
    private let compiled: xmlXPathCompExprPtr
    private let context: xmlXPathContextPtr
    private let operations: Int
    private let problem = ReportedProblem()

    /// Compiles an expression.
    ///
    /// - Parameters:
    ///   - source: At most 4,096 bytes of XPath 1.0.
    ///   - namespaces: The namespace URI of each prefix in it; names without a prefix have no namespace.
    ///   - limits: Limits the steps of an evaluation.
    /// - Throws: ``XMLError`` with code `xpath`.
    package init(
        _ source: String,
        namespaces: [String: String] = [:],
        limits: XMLLimits = XMLLimits()
    ) throws(XMLError) {
        guard source.utf8.count <= 4096, !source.utf8.contains(0) else {
            throw XMLError(.xpath, "the XPath is too long or contains a zero byte")
        }
        guard let context = xmlXPathNewContext(nil) else { throw XMLError(.xpath, "no memory for XPath") }
        XPath.silence(context, problem)
        guard let compiled = xmlXPathCtxtCompile(context, source) else {
            xmlXPathFreeContext(context)
            throw XMLError(.xpath, "'\(source)' is not XPath 1.0: \(problem.reset() ?? "syntax error")")
        }
        for (prefix, uri) in namespaces { xmlXPathRegisterNs(context, prefix, uri) }
        self.source = source
        self.compiled = compiled
        self.context = context
        self.operations = limits.xpathOperations
    }

    deinit {
        xmlXPathFreeCompExpr(compiled)
        xmlXPathFreeContext(context)
    }

    /// Evaluates the expression with `element` as the context node.
    ///
    /// - Throws: ``XMLError`` with code `xpath` for an unknown prefix or function, or too many steps.
    package func evaluate(on element: XMLElement) throws(XMLError) -> Value {
        let object = try object(on: element)
        defer { xmlXPathFreeObject(object) }
        switch object.pointee.type {
        case XPATH_STRING: return .string(String(xml: object.pointee.stringval))
        case XPATH_NUMBER: return .number(object.pointee.floatval)
        case XPATH_BOOLEAN: return .boolean(object.pointee.boolval != 0)
        case XPATH_NODESET: return .nodes(XPath.items(of: object, in: element))
        default: throw XMLError(.xpath, "'\(source)' yields neither nodes nor a value", line: element.line)
        }
    }

    /// The value converted by XPath's `string()`; `nil` for an empty node set.
    package func string(on element: XMLElement) throws(XMLError) -> String? {
        switch try evaluate(on: element) {
        case .string(let value): return value
        case .boolean(let value): return value ? "true" : "false"
        case .nodes(let nodes): return nodes.first?.text
        case .number(let value):
            guard let text = xmlXPathCastNumberToString(value) else { return nil }
            defer { frontline_xml_free(text) }
            return String(xml: text)
        }
    }

    /// The value converted by XPath's `boolean()`.
    package func boolean(on element: XMLElement) throws(XMLError) -> Bool {
        let object = try object(on: element)
        defer { xmlXPathFreeObject(object) }
        return xmlXPathCastToBoolean(object) != 0
    }

    /// The nodes; any other value is a single item.
    package func nodes(on element: XMLElement) throws(XMLError) -> [Item] {
        if case .nodes(let nodes) = try evaluate(on: element) { return nodes }
        return try string(on: element).map { [.value($0)] } ?? []
    }

    /// Evaluates the expression on an empty document, to detect unknown prefixes and functions in advance.
    ///
    /// - Throws: ``XMLError`` with code `xpath`.
    package func check() throws(XMLError) {
        _ = try evaluate(on: XMLDocument(text: "<empty/>").root)
    }

    private func object(on element: XMLElement) throws(XMLError) -> xmlXPathObjectPtr {
        context.pointee.doc = element.tree.document
        context.pointee.node = element.node
        context.pointee.opCount = 0
        context.pointee.opLimit = UInt(operations)
        defer {
            context.pointee.doc = nil
            context.pointee.node = nil
        }
        guard let object = xmlXPathCompiledEval(compiled, context) else {
            let reason = problem.reset() ?? "evaluation failed"
            throw XMLError(.xpath, "'\(source)': \(reason)", line: element.line)
        }
        return object
    }

    private static func items(of object: xmlXPathObjectPtr, in element: XMLElement) -> [Item] {
        guard let set = object.pointee.nodesetval, let table = set.pointee.nodeTab else { return [] }
        xmlXPathNodeSetSort(set)
        return (0..<Int(set.pointee.nodeNr)).compactMap { index in
            guard let node = table[index] else { return nil }
            if node.pointee.type == XML_ELEMENT_NODE {
                return .element(XMLElement(tree: element.tree, pointer: node))
            }
            guard let text = xmlXPathCastNodeToString(node) else { return nil }
            defer { frontline_xml_free(text) }
            return .value(String(xml: text))
        }
    }

    private static func silence(_ context: xmlXPathContextPtr, _ problem: ReportedProblem) {
        context.pointee.userData = Unmanaged.passUnretained(problem).toOpaque()
        context.pointee.error = { data, error in
            guard let data, let error else { return }
            let problem = Unmanaged<ReportedProblem>.fromOpaque(data).takeUnretainedValue()
            problem.note(error.pointee.message.map { String(cString: $0) } ?? "error \(error.pointee.code)")
        }
    }
}

/// The first problem that libxml2 has reported since the last query.
private final class ReportedProblem {
    private var message: String?

    func note(_ text: String) {
        if message == nil { message = text.filter { !$0.isNewline } }
    }

    func reset() -> String? {
        defer { message = nil }
        return message
    }
}
