internal import Dispatch
internal import Exposition
internal import Logging
internal import NIOCore

/// Makes metrics pages on threads of its own, so that a collector that hangs holds up neither other requests nor jobs.
///
/// Pages are made one at a time: who asks meanwhile waits, and all who wait share the next one. So a page is never older
/// than the question, and a crowd of scrapers costs no more memory and little more time than one.
final class ScrapeDesk: Sendable {
    /// What is asked for.
    struct Key: Sendable, Hashable {
        let format: ExpositionFormat
        let coding: ContentCoding
    }

    /// Someone who waits for a page; nil means that the deadline passed.
    struct Waiter: Sendable {
        let key: Key
        let deadline: ContinuousClock.Instant
        let answer: @Sendable (ByteBuffer?) -> Void
    }

    private struct State: Sendable {
        /// Those for whom no page is being made yet.
        var waiting: [Waiter] = []
        /// Those for whom one is being made, and its collecting.
        var served: [Waiter] = []
        var gathering: Gathering?
        var isEncoding = false
        var isWatched = false
        /// The newest pages, as they are sent.
        var buffers: [Key: (page: Page, buffer: ByteBuffer)] = [:]
    }

    private static let watchInterval = DispatchTimeInterval.milliseconds(25)
    private let registry: Registry
    private let logger: Logger
    private let patience: Duration
    private let queue = DispatchQueue(label: "touchline.scrape", attributes: .concurrent)
    private let state = Guarded(State())

    /// Makes a desk that gives up on a collector after `patience`, or after half the time that a scrape has.
    init(registry: Registry, patience: Duration = .seconds(1), logger: Logger) {
        self.registry = registry
        self.patience = patience
        self.logger = logger
    }

    /// The page as of now; nil if it could not be had within `limit`.
    func page(_ format: ExpositionFormat, _ coding: ContentCoding, within limit: Duration) async -> ByteBuffer? {
        await withCheckedContinuation { continuation in
            let waiter = Waiter(
                key: Key(format: format, coding: coding), deadline: ContinuousClock.now.advanced(by: limit)
            ) { continuation.resume(returning: $0) }
            state.withLock { $0.waiting.append(waiter) }
            begin()
        }
    }

    /// Begins a page for those who wait, unless one is being made already.
    private func begin() {
        let (gathering, needsWatch) = state.withLock { state -> (Gathering?, Bool) in
            guard state.gathering == nil, !state.waiting.isEmpty else { return (nil, false) }
            let gathering = Gathering(registry)
            state.gathering = gathering
            state.served = state.waiting
            state.waiting = []
            defer { state.isWatched = true }
            return (gathering, !state.isWatched)
        }
        guard let gathering else { return }
        queue.async { self.run(gathering) }
        if needsWatch { queue.asyncAfter(deadline: .now() + Self.watchInterval) { self.watch() } }
    }

    private func run(_ gathering: Gathering) {
        gathering.run()
        guard gathering.isComplete else { return }
        let served = state.withLock { state -> [Waiter]? in
            // A thread that was overtaken may come here when another has taken its work on.
            guard state.gathering === gathering, !state.isEncoding else { return nil }
            defer { state.served = [] }
            state.isEncoding = true
            return state.served
        }
        guard let served else { return }
        for (key, waiters) in Dictionary(grouping: served, by: \.key) {
            let buffer = buffer(of: gathering.page(as: key.format, coding: key.coding), for: key)
            for waiter in waiters { waiter.answer(buffer) }
        }
        for failure in gathering.failures {
            logger.error(
                "collector failed",
                metadata: [
                    "collector": "\(failure.collector)", "reason": "\(failure.reason)", "detail": "\(failure.detail)",
                ])
        }
        state.withLock { state in
            state.gathering = nil
            state.isEncoding = false
        }
        begin()
    }

    /// A page as it is sent, in the memory of the one before if that has been sent to all who asked for it.
    private func buffer(of page: Page, for key: Key) -> ByteBuffer {
        var buffer = ByteBuffer()
        let isKnown = state.withLock { state in
            guard let known = state.buffers[key] else { return false }
            buffer = known.buffer
            // What is still in the table as well could not be written into again.
            if known.page !== page { state.buffers[key] = nil }
            return known.page === page
        }
        if isKnown { return buffer }
        buffer.clear(minimumCapacity: page.bytes.count)
        buffer.writeBytes(page.bytes)
        let made = buffer
        state.withLock { $0.buffers[key] = (page, made) }
        return made
    }

    /// Looks after collectors that hang and scrapes that are late, for as long as a page is being made.
    private func watch() {
        let now = ContinuousClock.now
        let (gathering, patience, late) = state.withLock { state -> (Gathering?, Duration, [Waiter]) in
            state.isWatched = state.gathering != nil
            let late = (state.served + state.waiting).filter { $0.deadline <= now }
            state.served.removeAll { $0.deadline <= now }
            state.waiting.removeAll { $0.deadline <= now }
            let shortest = state.served.map { now.duration(to: $0.deadline) / 2 }.min() ?? .zero
            return (state.gathering, min(self.patience, shortest), late)
        }
        for waiter in late { waiter.answer(nil) }
        guard let gathering else { return }
        queue.asyncAfter(deadline: .now() + Self.watchInterval) { self.watch() }
        if gathering.skipCurrent(after: patience) { run(gathering) }
    }
}
