/// Memory of a fixed length for the inner loops of training, whose bounds only debug builds check.
///
/// An array would check bounds and uniqueness at every access of loops that run billions of times. Whoever holds a
/// buffer owns it alone, and it is freed with its owner.
struct Buffer<Element: BitwiseCopyable>: ~Copyable {
    private let elements: UnsafeMutablePointer<Element>
    let count: Int

    init(repeating element: Element, count: Int) {
        elements = UnsafeMutablePointer.allocate(capacity: count)
        elements.initialize(repeating: element, count: count)
        self.count = count
    }

    /// Copies the first elements of another buffer to a place in this one.
    func copy(_ count: Int, from other: borrowing Buffer, to start: Int) {
        assert(count <= other.count && start + count <= self.count, "a buffer is copied outside of its bounds")
        (elements + start).update(from: other.elements, count: count)
    }

    deinit { elements.deallocate() }

    subscript(index: Int) -> Element {
        @inline(__always) get {
            assert(index >= 0 && index < count, "a buffer is read outside of its bounds")
            return elements[index]
        }
        @inline(__always) nonmutating set {
            assert(index >= 0 && index < count, "a buffer is written outside of its bounds")
            elements[index] = newValue
        }
    }
}
