import FrontlineService

/// What the program says of itself.
enum ProductText {
    static let version = "frontline \(ProductVersion.text)"
    static let summary = ProductVersion.summary
}
