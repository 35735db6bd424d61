/// What is to be done and when: a binary heap by time, and by the order of entering among equal times.
package struct Agenda<Task> {
    private struct Entry {
        let at: Int64
        let number: UInt64
        let task: Task

        func comesBefore(_ other: Entry) -> Bool { (at, number) < (other.at, other.number) }
    }

    private var heap: [Entry] = []
    private var entered: UInt64 = 0

    package init() {}

    /// When the next task is due.
    package var next: Int64? { heap.first?.at }

    package mutating func add(_ task: Task, at moment: Int64) {
        heap.append(Entry(at: moment, number: entered, task: task))
        entered += 1
        var index = heap.count - 1
        while index > 0, heap[index].comesBefore(heap[(index - 1) / 2]) {
            heap.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    /// Takes the next task that is due before a moment; nil if there is none.
    package mutating func take(before end: Int64) -> (at: Int64, task: Task)? {
        guard let first = heap.first, first.at < end else { return nil }
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var index = 0
        while 2 * index + 1 < heap.count {
            let children = (2 * index + 1)..<min(heap.count, 2 * index + 3)
            guard let least = children.min(by: { heap[$0].comesBefore(heap[$1]) }), heap[least].comesBefore(heap[index])
            else { break }
            heap.swapAt(index, least)
            index = least
        }
        return (first.at, first.task)
    }
}
