/// When a host that keeps failing is asked again: not for a while, then once, and only if that succeeds as usual.
///
/// Instants are durations since any fixed one. Source: M. Nygard, "Release It!", 2nd ed., chapter 5.
struct CircuitBreaker {
    private enum State {
        case closed(failures: Int)
        case open(until: Duration)
        case halfOpen
    }

    private let threshold: Int
    private let pause: Duration
    private var state = State.closed(failures: 0)
    private var openings = 0

    /// Makes a closed one that opens after `threshold` failures in a row.
    init(threshold: Int, pause: Duration) {
        self.threshold = threshold
        self.pause = pause
    }

    /// How long to wait before a request may be made; nil if it may be made now.
    ///
    /// The first that is let through after a pause is a probe: the next waits for what becomes of it.
    mutating func refusal(at now: Duration) -> Duration? {
        switch state {
        case .closed: return nil
        case .open(let until):
            if now < until { return until - now }
            state = .halfOpen
            return nil
        case .halfOpen: return pause
        }
    }

    /// The request was answered.
    mutating func succeeded() {
        state = .closed(failures: 0)
        openings = 0
    }

    /// The request failed in a way that the next may fail in too.
    mutating func failed(at now: Duration) {
        switch state {
        case .closed(let failures) where failures + 1 < threshold: state = .closed(failures: failures + 1)
        case .closed, .halfOpen, .open:
            state = .open(until: now + pause * (1 << min(openings, 3)))
            openings += 1
        }
    }

    /// The request came to nothing, through no fault of the host.
    mutating func abandoned(at now: Duration) {
        if case .halfOpen = state { state = .open(until: now) }
    }
}
