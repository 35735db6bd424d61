import BuiltInData
import Spelling
import StrictYAML
import Yams

extension ToolBook {
    /// The tools linked into the program, in force until a file is published.
    package static let builtIn: ToolBook = {
        let file = frontline_built_in_tools()
        let text = String(decoding: UnsafeBufferPointer(start: file.bytes, count: Int(file.count)), as: UTF8.self)
        do {
            return try ToolBook(yaml: text, file: String(cString: file.name))
        } catch {
            preconditionFailure("the tools linked into the program are invalid: \(error)")
        }
    }()

    private static let limits = YAMLSource.Limits(bytes: 256 << 10, values: 10_000, depth: 8)
    /// More would fill the memory of an assistant before it has read a question.
    private static let maximumTools = 100
    private static let longestTitle = 100
    private static let longestDescription = 2_000
    private static let longestText = 8_000

    /// Reads a file of tools.
    ///
    /// - Throws: ``ToolBookError`` with the place of the first mistake.
    package init(yaml text: String, file: String) throws(ToolBookError) {
        let root: Node?
        do throws(YAMLProblem) {
            root = try YAMLSource(text, limits: Self.limits).root()
        } catch {
            throw ToolBookError(file: file, line: error.line, column: error.column, message: error.message())
        }
        guard let root else { throw ToolBookError(file: file, line: 0, column: 0, message: "the file is empty") }
        let place = Place(node: root, file: file)
        let members = try place.members(["instructions", "script_prompt", "tools"]) { key, name throws(ToolBookError) in
            throw key.error("“\(name)” is unknown; expected instructions, script_prompt and tools")
        }
        guard let instructions = members["instructions"], let prompt = members["script_prompt"],
            let tools = members["tools"]
        else { throw place.error("instructions, script_prompt and tools are expected") }
        self.init(
            instructions: try instructions.text(most: Self.longestText),
            scriptPrompt: try Self.prompt(prompt),
            entries: try Self.entries(tools)
        )
    }

    private static func prompt(_ place: Place) throws(ToolBookError) -> ScriptPrompt {
        let text = try place.text(most: longestText)
        do throws(ScriptPrompt.Mistake) { return try ScriptPrompt(text) } catch { throw place.error(error.message) }
    }

    private static func entries(_ place: Place) throws(ToolBookError) -> [Entry] {
        guard let map = place.node.mapping else { throw place.error("a map of tools by their methods is expected") }
        guard (1...maximumTools).contains(map.count) else {
            throw place.error("1 to \(maximumTools) tools are expected")
        }
        var entries: [Entry] = []
        for (key, value) in map {
            let entry = try entry(place.child(key), place.child(value))
            guard !entries.contains(where: { $0.name == entry.name }) else {
                throw place.child(key).error("two tools are called “\(entry.name)”")
            }
            entries.append(entry)
        }
        return entries
    }

    private static func entry(_ key: Place, _ value: Place) throws(ToolBookError) -> Entry {
        let method = try key.text()
        guard ToolEffect.ofMethods[method] != nil else {
            let guess = NearestName.question(method, among: ToolEffect.ofMethods.keys.sorted())
            throw key.error("“\(method.prefix(40))” is no method that can be a tool\(guess)")
        }
        let members = try value.members(["name", "title", "description"]) { key, name throws(ToolBookError) in
            throw key.error("“\(name)” is unknown; expected title, description and perhaps name")
        }
        guard let title = members["title"], let description = members["description"] else {
            throw value.error("title and description are expected")
        }
        let name = try members["name"].map { place throws(ToolBookError) in try place.toolName() } ?? method
        return Entry(
            name: name,
            method: method,
            title: try title.text(most: longestTitle),
            description: try description.text(most: longestDescription)
        )
    }
}

/// A place in a file of tools.
private struct Place: StrictNode {
    static var longestText: Int { 200 }

    let node: Node
    let file: String

    func child(_ node: Node) -> Place { Place(node: node, file: file) }

    func error(_ message: String) -> ToolBookError {
        ToolBookError(file: file, line: node.mark?.line ?? 0, column: node.mark?.column ?? 0, message: message)
    }

    /// A name that every host of assistants takes.
    func toolName() throws(ToolBookError) -> String {
        let name = try text(most: 64)
        guard name.utf8.allSatisfy(Self.isOfName) else {
            throw error("a name has letters, digits, points, hyphens and underscores")
        }
        return name
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
