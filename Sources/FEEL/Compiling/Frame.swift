/// The values of the variables during an evaluation: first the slots of a ``Scope``, then those of local names.
///
/// A frame belongs to one thread at a time and can be used again and again; set a slot before expressions read it.
public final class Frame {
    // Without checks of exclusive access, a third of what an evaluation would cost: no access to these two lasts longer
    // than reading or writing one word, so that none can overlap another of the one thread that a frame belongs to.
    @exclusivity(unchecked) @usableFromInline private(set) var slots: UnsafeMutablePointer<Value>
    @exclusivity(unchecked) @usableFromInline private(set) var capacity: Int

    /// The evaluation that expressions of this frame report to.
    public let evaluation: Evaluation

    /// Makes a frame with room for so many slots, all null; expressions that need more enlarge it.
    public init(slotCount: Int = 16, evaluation: Evaluation) {
        self.evaluation = evaluation
        capacity = max(slotCount, 1)
        slots = .allocate(capacity: capacity)
        slots.initialize(repeating: .null, count: capacity)
    }

    deinit {
        slots.deinitialize(count: capacity)
        slots.deallocate()
    }

    /// Makes room for at least so many slots.
    @inlinable
    public func reserve(_ count: Int) {
        if count > capacity { grow(to: count) }
    }

    @usableFromInline
    func grow(to count: Int) {
        let larger = UnsafeMutablePointer<Value>.allocate(capacity: count)
        larger.moveInitialize(from: slots, count: capacity)
        (larger + capacity).initialize(repeating: .null, count: count - capacity)
        slots.deallocate()
        slots = larger
        capacity = count
    }

    /// Makes the first slots null again, so that they keep nothing.
    package func clear(_ count: Int) {
        for slot in 0..<min(count, capacity) { slots[slot] = .null }
    }

    /// The value in a slot.
    @inlinable public subscript(slot: Int) -> Value {
        get {
            precondition(slot >= 0 && slot < capacity, "a slot of this frame")
            return slots[slot]
        }
        set {
            precondition(slot >= 0, "slots count from 0")
            reserve(slot + 1)
            slots[slot] = newValue
        }
    }

    /// Sets a slot that there is room for.
    @inline(__always)
    package func put(_ value: consuming Value, into slot: Int) {
        assert(slot >= 0 && slot < capacity, "room was made for every slot")
        slots[slot] = value
    }

    /// Sets the first slots, in order.
    public func assign(_ values: [Value]) {
        reserve(values.count)
        for (slot, value) in values.enumerated() { slots[slot] = value }
    }
}
