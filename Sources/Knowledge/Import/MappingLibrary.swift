import BuiltInData
import Foundation
package import LibXML

/// The mappings that an import can choose from: those linked into the program and those a user adds.
package struct MappingLibrary: Sendable {
    /// The mappings in the order in which they are tried; added ones come before the built-in ones.
    package private(set) var mappings: [Mapping]

    /// Creates a library of only these mappings.
    package init(_ mappings: [Mapping]) { self.mappings = mappings }

    /// The mappings linked into the program.
    package static let builtIn = MappingLibrary(builtInMappings())

    /// Returns the library with a mapping added before the others, replacing any of the same name.
    package func adding(_ mapping: Mapping) -> MappingLibrary {
        MappingLibrary([mapping] + mappings.filter { $0.name != mapping.name })
    }

    /// Returns the library with a mapping file added, or with every `.yaml` and `.yml` file of a folder, sorted by
    /// name.
    ///
    /// - Throws: ``MappingError`` with file and line.
    package func adding(path: String) throws(MappingError) -> MappingLibrary {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw MappingError(message: "there is no such file or folder", file: path, line: 0)
        }
        guard isFolder.boolValue else { return adding(try MappingLibrary.read(path)) }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        var result = self
        for name in names.sorted().reversed() where name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
            result = result.adding(try MappingLibrary.read("\(path)/\(name)"))
        }
        return result
    }

    /// Finds a mapping by its name in the library or by the path of a file.
    ///
    /// - Throws: ``MappingError``: when the argument is neither a known name nor the path of a valid mapping file.
    package func named(_ nameOrPath: String) throws(MappingError) -> Mapping {
        if let known = mappings.first(where: { $0.name == nameOrPath }) { return known }
        guard nameOrPath.contains("/") || nameOrPath.hasSuffix(".yaml") || nameOrPath.hasSuffix(".yml") else {
            let names = mappings.map(\.name).sorted().joined(separator: ", ")
            let message = "unknown mapping; known are \(names), or give the path of a .yaml file"
            throw MappingError(message: message, file: nameOrPath, line: 0)
        }
        return try MappingLibrary.read(nameOrPath)
    }

    /// The first mapping that recognises a document by its root element.
    package func mapping(for root: XMLElement) -> Mapping? {
        mappings.first { $0.recognises(root) }
    }

    private static func read(_ path: String) throws(MappingError) -> Mapping {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw MappingError(message: "cannot be read", file: path, line: 0)
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw MappingError(message: "is not UTF-8", file: path, line: 0)
        }
        return try Mapping(yaml: text, file: path)
    }

    private static func builtInMappings() -> [Mapping] {
        (0..<frontline_built_in_mapping_count()).map { index in
            let blob = frontline_built_in_mapping(index)
            let name = String(cString: blob.name)
            let text = String(decoding: UnsafeBufferPointer(start: blob.bytes, count: Int(blob.count)), as: UTF8.self)
            do {
                return try Mapping(yaml: text, file: name)
            } catch {
                preconditionFailure("a mapping linked into the program is invalid: \(error)")
            }
        }
    }
}

extension Mapping {
    /// Whether a document with this root element belongs to the dialect.
    func recognises(_ root: XMLElement) -> Bool {
        if let namespaces = matches.namespaces, !namespaces.contains(root.namespace) { return false }
        if let test = matches.test {
            let path = try? XPath(test, namespaces: namespaces)
            guard (try? path?.boolean(on: root)) == true else { return false }
        }
        guard !matches.elements.isEmpty, !matches.elements.contains(root.name) else { return true }
        guard let classAttribute, let classes = root.attribute(classAttribute) else { return false }
        let bases = classes.split(separator: " ").compactMap { $0.split(separator: "/").last }
        return bases.contains { matches.elements.contains(String($0)) }
    }
}
