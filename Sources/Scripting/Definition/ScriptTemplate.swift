import Customers
import Mustache
import Vocabulary

/// A text with Mustache variables and sections, rendered as plain text.
package struct ScriptTemplate: Sendable {
    /// The text as written in the source.
    package let source: String
    /// The compiled template; nil if the text has no tags.
    private let template: MustacheTemplate?

    /// Creates a text without tags.
    init(plain: String) {
        source = plain
        template = nil
    }

    /// Compiles a text that ``TemplateScanner`` has accepted.
    ///
    /// - Throws: the template engine's error.
    init(_ source: String) throws {
        self.source = source
        // The template engine removes the line of the pragma including its line break.
        template = source.contains("{{") ? try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}\n" + source) : nil
    }

    /// Renders the text with current values; names without a value yield nothing.
    func render(_ bindings: ScriptBindings) -> String {
        template?.render(Root(bindings: bindings)) ?? source
    }

    /// The top-level names.
    private struct Root: MustacheParent {
        let bindings: ScriptBindings

        func child(named name: String) -> Any? {
            guard let value = bindings.json(name) else { return nil }
            // Texts may show what an agent has entered about the customer, although policies do not rely on it.
            if name == "customer", let customer = value.object { return Member(object: CustomerFacts.spoken(customer)) }
            return ScriptTemplate.object(value)
        }
    }

    /// An object whose members texts can show.
    private struct Member: MustacheParent, MustacheCustomRenderable {
        let object: JSONObject

        func child(named name: String) -> Any? { object[name].flatMap(ScriptTemplate.object) }

        var renderText: String {
            guard object.count == 2, let amount = object["amount"], let currency = object["currency"]?.string else {
                return JSON.object(object).description
            }
            return "\(amount.string ?? amount.description) \(currency)"
        }

        var isNull: Bool { false }
    }

    private static func object(_ json: JSON) -> Any? {
        switch json {
        case .null: nil
        case .bool(let value): value
        case .number(let number): number.text
        case .string(let text): text
        case .array(let elements): elements.compactMap(object)
        case .object(let object): Member(object: object)
        }
    }
}
