/// The part of a page of the database that nothing refers to.
///
/// When pages are rebalanced, rows move to other pages and their bytes stay behind in the gap between the cell pointers and
/// the first cell; the database overwrites what is deleted, not what has moved. What a deleted row left there long ago
/// would outlive its erasure. The format is that of SQLite's documentation, "Database File Format", section 1.6.
enum PageSlack {
    private static let headerBytes = 100
    private static let interiorIndex: UInt8 = 2
    private static let interiorTable: UInt8 = 5
    private static let leafIndex: UInt8 = 10
    private static let leafTable: UInt8 = 13

    /// Where the gap of a page is.
    ///
    /// Pages of other kinds begin with the number of another page, whose first byte is none of a node's in files below
    /// 2²⁵ pages.
    ///
    /// - Parameters:
    ///   - page: the page.
    ///   - number: its number, from 1; the first one begins with the header of the file.
    ///   - reserved: how many bytes at the end of each page are not for the tree.
    /// - Returns: the gap; nil for a page that is no node of a tree, or whose header contradicts itself.
    static func range(of page: UnsafeRawBufferPointer, number: UInt32, reserved: Int) -> Range<Int>? {
        let start = number == 1 ? headerBytes : 0
        let usable = page.count - reserved
        guard usable >= start + 12 else { return nil }
        let pointers: Int
        switch page[start] {
        case interiorIndex, interiorTable: pointers = start + 12
        case leafIndex, leafTable: pointers = start + 8
        default: return nil
        }
        func word(_ offset: Int) -> Int { Int(page[offset]) << 8 | Int(page[offset + 1]) }
        let cells = word(start + 3)
        let content = word(start + 5) == 0 ? 65_536 : word(start + 5)
        let free = word(start + 1)
        let end = pointers + 2 * cells
        guard end <= content, content <= usable, free == 0 || (content..<usable).contains(free) else { return nil }
        for pointer in stride(from: pointers, to: end, by: 2) where !(content..<usable).contains(word(pointer)) {
            return nil
        }
        return end..<content
    }
}
