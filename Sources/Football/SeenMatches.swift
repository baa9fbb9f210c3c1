/// Who meets whom and when, with teams as numbers of a ``TeamTable``.
struct MatchClaim {
    let home: Int
    let away: Int
    let season: Season
    let day: Day

    fileprivate var pair: UInt64 {
        UInt64(truncatingIfNeeded: home) << 40 | UInt64(truncatingIfNeeded: away) << 16
            | UInt64(truncatingIfNeeded: season.startYear & 0xFFFF)
    }

    fileprivate func presence(of team: Int) -> UInt64 {
        UInt64(truncatingIfNeeded: team) << 32 | UInt64(UInt32(bitPattern: day.number))
    }
}

/// What the accepted rows of a file claim, for finding rows that contradict them.
struct SeenMatches {
    private var pairs: [UInt64: Int] = [:]
    private var presences: Set<UInt64> = []

    /// The place of the accepted row with the same pair, ground and season, if there is one.
    func earlier(_ claim: MatchClaim) -> Int? { pairs[claim.pair] }

    /// A team that has another match on that day, if either has.
    func playingTwice(_ claim: MatchClaim) -> Int? {
        [claim.home, claim.away].first { presences.contains(claim.presence(of: $0)) }
    }

    /// Remembers an accepted row.
    mutating func add(_ claim: MatchClaim, row: Int, hasDay: Bool = true) {
        pairs[claim.pair] = row
        guard hasDay else { return }
        presences.insert(claim.presence(of: claim.home))
        presences.insert(claim.presence(of: claim.away))
    }
}
