/// What Package.swift declares, read from its text.
struct PackageManifest {
    /// A target with sources.
    struct Target {
        let name: String
        /// Its folder, from the root of the package.
        let folder: String
        /// The targets of this package that it depends on.
        let dependencies: [String]
        /// The products of other packages that it depends on.
        let products: [String]
    }

    let targets: [Target]

    init() throws {
        let text = try Repository.text("Package.swift")
        targets = text.matches(of: #/\.(target|testTarget|executableTarget)\(/#).compactMap { match in
            let declaration = Self.enclosed(text[text.index(before: match.range.upperBound)...], "(", ")")
            guard let name = declaration.firstMatch(of: #/name: "(\w+)"/#).map({ String($0.output.1) }) else {
                return nil
            }
            let path = declaration.firstMatch(of: #/path: "([^"]+)"/#).map { String($0.output.1) }
            let isTest = match.output.1 == "testTarget"
            let list =
                declaration.firstRange(of: "dependencies: [").map { range in
                    Self.enclosed(declaration[declaration.index(before: range.upperBound)...], "[", "]")
                } ?? ""
            let product = #/\.product\(name: "(\w+)", package: "[^"]+"\)/#
            return Target(
                name: name,
                folder: path ?? (isTest ? "Tests/\(name)" : "Sources/\(name)"),
                dependencies: list.replacing(product, with: "").matches(of: #/"(\w+)"/#).map { String($0.output.1) },
                products: list.matches(of: product).map { String($0.output.1) }
            )
        }
    }

    /// The text between the bracket that it begins with and the one that closes it.
    private static func enclosed(_ text: Substring, _ opening: Character, _ closing: Character) -> Substring {
        var depth = 0
        for index in text.indices {
            if text[index] == opening { depth += 1 }
            if text[index] == closing { depth -= 1 }
            if depth == 0 { return text[text.index(after: text.startIndex)..<index] }
        }
        return ""
    }
}
