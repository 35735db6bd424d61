import Customers
import JSONRPC
import Mustache

/// A text with Mustache variables and sections, rendered as plain text.
package struct ScriptTemplate: Sendable {
    /// The text as it was written.
    package let source: String
    /// Nil when there is nothing to fill in.
    private let template: MustacheTemplate?

    /// The text itself, without any template.
    init(plain: String) {
        source = plain
        template = nil
    }

    /// Compiles a text that ``TemplateScanner`` found to be right.
    ///
    /// - Throws: what the template engine refuses.
    init(_ source: String) throws {
        self.source = source
        // The line of the pragma is taken away together with its line break.
        template = source.contains("{{") ? try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}\n" + source) : nil
    }

    /// The text with the values of the moment; what has no value is empty.
    func render(_ bindings: ScriptBindings) -> String {
        template?.render(Root(bindings: bindings)) ?? source
    }

    /// The names at the top of the stack.
    private struct Root: MustacheParent {
        let bindings: ScriptBindings

        func child(named name: String) -> Any? {
            guard let value = bindings.json(name) else { return nil }
            // What an agent has typed in is good enough to be said, though no rule rests on it.
            if name == "customer", let customer = value.object { return Member(object: CustomerFacts.spoken(customer)) }
            return ScriptTemplate.object(value)
        }
    }

    /// An object, of which texts can show members.
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
