/// Elements that are taken in the order in which they were added; adding and taking cost the same however many wait.
struct FIFO<Element> {
    private var elements: [Element?] = []
    /// Those before it are taken.
    private var start = 0

    var count: Int { elements.count - start }
    var isEmpty: Bool { count == 0 }
    var first: Element? { start < elements.count ? elements[start] : nil }

    mutating func append(_ element: Element) { elements.append(element) }

    mutating func popFirst() -> Element? {
        guard start < elements.count else { return nil }
        defer {
            elements[start] = nil
            start += 1
            // What is taken leaves the array before it is half of it.
            if start >= 64, start * 2 >= elements.count {
                elements.removeFirst(start)
                start = 0
            }
        }
        return elements[start]
    }
}
