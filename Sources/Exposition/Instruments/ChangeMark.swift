internal import Synchronization

/// Which of many series were updated since a scrape last asked, so that it need not read them all.
///
/// An update changes its number first and raises the mark then; a scrape lowers the mark first and reads the numbers
/// then. Since all threads see these in one order, whichever of the two comes second finds what the other did.
final class ChangeMark: Sendable {
    /// How many words of bits stand side by side: as many as fit into one line of the processor's memory.
    static let words = 8
    /// How many series there can be, a bit each.
    static let capacity = words * UInt64.bitWidth

    private let raised = InlineArray<8, Atomic<UInt64>> { _ in Atomic(.max) }

    /// Whether something was updated since the last call of ``lower(_:)`` for each word.
    @inline(__always)
    var isRaised: Bool {
        var any: UInt64 = 0
        for word in 0..<Self.words { any |= raised[word].load(ordering: .acquiring) }
        return any != 0
    }

    /// What was updated since the last call, a bit for each series of a word, to be read now.
    @inline(__always)
    func lower(_ word: Int) -> UInt64 {
        raised[word].load(ordering: .acquiring) == 0
            ? 0 : raised[word].exchange(0, ordering: .sequentiallyConsistent)
    }

    /// One series' bit of a mark.
    struct Share: Sendable {
        let mark: ChangeMark
        /// Which one of all the mark's bits.
        let position: Int

        /// Notes an update that has been made; only the first one since a scrape writes to memory that all threads share.
        @inline(__always)
        func raise() {
            let (word, bit) = (position >> 6 & (ChangeMark.words - 1), 1 << UInt64(position & 63) as UInt64)
            guard mark.raised[word].load(ordering: .sequentiallyConsistent) & bit == 0 else { return }
            mark.raised[word].bitwiseOr(bit, ordering: .sequentiallyConsistent)
        }
    }

    /// Hands out shares, one series after another.
    struct Dealer: Sendable {
        private var mark = ChangeMark()
        private var dealt = 0

        /// The share of one series more.
        mutating func next() -> Share {
            if dealt == ChangeMark.capacity { self = Dealer() }
            defer { dealt += 1 }
            return Share(mark: mark, position: dealt)
        }
    }
}
