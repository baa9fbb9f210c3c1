internal import Synchronization

/// Which of many series were updated since a scrape last asked, so that it need not read them all.
///
/// An update changes its number first and raises the mark then; a scrape lowers the mark first and reads the numbers
/// then. Since all threads see these in one order, whichever of the two comes second finds what the other did.
final class ChangeMark: Sendable {
    /// How many series share a bit: few, so that little is read again for one; many, so that marks take little room.
    static let sharers = 8

    private let raised = Atomic<UInt64>(.max)

    /// What was updated since the last call, a bit each, to be read now.
    func lower() -> UInt64 {
        raised.load(ordering: .acquiring) == 0 ? 0 : raised.exchange(0, ordering: .sequentiallyConsistent)
    }

    /// A bit of a mark, which some series share.
    struct Share: Sendable {
        let mark: ChangeMark
        let bit: UInt64

        /// Notes an update that has been made; only the first one since a scrape writes to memory that all threads share.
        @inline(__always)
        func raise() {
            guard mark.raised.load(ordering: .sequentiallyConsistent) & bit == 0 else { return }
            mark.raised.bitwiseOr(bit, ordering: .sequentiallyConsistent)
        }
    }

    /// Hands out shares, one series after another.
    struct Dealer: Sendable {
        private var mark = ChangeMark()
        private var dealt = 0

        /// The share of one series more.
        mutating func next() -> Share {
            if dealt == ChangeMark.sharers * UInt64.bitWidth { self = Dealer() }
            defer { dealt += 1 }
            return Share(mark: mark, bit: 1 << UInt64(dealt / ChangeMark.sharers))
        }
    }
}
