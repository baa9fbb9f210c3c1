internal import Football
internal import History

/// Which forecasts are served while there is a candidate: a match has the champion's or the candidate's.
enum ForecastShare {
    /// Marks the forecasts that are not served as shadows.
    ///
    /// - Parameters:
    ///   - champion: The champion's forecasts.
    ///   - candidate: The candidate's, of the same matches.
    ///   - share: The share of matches whose forecast is served from the candidate.
    /// - Returns: All of them.
    static func divide(champion: [Prediction], candidate: [Prediction], share: Double) -> [Prediction] {
        let forecast = Set(candidate.map(\.key))
        return champion.map { $0.asShadow(forecast.contains($0.key) && isCandidates($0.key, share: share)) }
            + candidate.map { $0.asShadow(!isCandidates($0.key, share: share)) }
    }

    /// Whether the candidate serves a match: the same answer every time, and for a larger share still the same matches.
    static func isCandidates(_ key: MatchKey, share: Double) -> Bool {
        let text = "\(key.division) \(key.season.startYear) \(key.home) \(key.away)"
        // FNV-1a leaves the last bytes' trace in the low bits: they are spread before the fraction is taken.
        var hash = text.utf8.fingerprint
        hash = (hash ^ (hash >> 31)) &* 0x9E37_79B9_7F4A_7C15
        return Double(hash >> 11) / Double(1 << 53) < share
    }
}

extension Prediction {
    fileprivate func asShadow(_ shadow: Bool) -> Prediction {
        var copy = self
        copy.shadow = shadow
        return copy
    }
}
