/// How much memory a request takes once it is read.
enum RequestSize {
    /// What a value, a member or a nested array takes beside its text, growth of arrays included.
    private static let bytesOfValue = 48

    /// An upper estimate for a line, from its length and the number of values in it.
    static func estimate(of line: [UInt8]) -> Int {
        var values = 1
        for byte in line where byte == UInt8(ascii: ",") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") {
            values += 1
        }
        return line.count * 2 + values * bytesOfValue
    }
}
