import Drift
import Football
import Glibc

/// A method that raises alarms on the stream of scores.
enum AlarmMethod: Int, CaseIterable {
    case evidence
    case restarted
    case loss
    case paired

    var name: String { ["e-process", "e-detector", "CUSUM", "paired"][rawValue] }
}

/// What the methods' statistics reached in drawn seasons.
struct AlarmTally {
    /// For each method its statistics' largest, by season.
    private(set) var largest = [[Double]](repeating: [], count: AlarmMethod.allCases.count)
    /// For each method and limit the matches to an alarm, by season; infinite without.
    private(set) var passages: [[[Double]]]
    private let limits: [[Double]]

    /// - Parameter limits: For each method its limits.
    init(limits: [[Double]] = AlarmMethod.allCases.map { _ in [] }) {
        self.limits = limits
        passages = limits.map { $0.map { _ in [] } }
    }

    /// Runs the methods over a season; what is before the fault began cannot find it.
    mutating func note(_ season: [AlarmWorld.Item], from onset: Int) {
        var (evidence, change) = (CalibrationEvidence(), CalibrationChange())
        var loss = CumulativeSum(allowance: 0.5, threshold: .infinity)
        var paired = CumulativeSum(allowance: 0.02, threshold: .infinity)
        var most = [Double](repeating: -.infinity, count: AlarmMethod.allCases.count)
        var first = limits.map { $0.map { _ in Double.infinity } }
        for (place, item) in season.enumerated() {
            evidence.update(item.given, outcome: item.outcome)
            change.update(item.given, outcome: item.outcome)
            _ = loss.update(StandardisedLoss.value(item.given, outcome: item.outcome))
            _ = paired.update(log(item.market[item.outcome]) - log(item.given[item.outcome]))
            guard place >= onset else { continue }
            let values = [evidence.logValue, change.logValue, loss.value, paired.value]
            for method in most.indices {
                most[method] = max(most[method], values[method])
                for (number, limit) in limits[method].enumerated()
                where values[method] >= limit && first[method][number] == .infinity {
                    first[method][number] = Double(place - onset + 1)
                }
            }
        }
        for method in most.indices {
            largest[method].append(most[method])
            for (number, matches) in first[method].enumerated() { passages[method][number].append(matches) }
        }
    }

    /// The statistic that a share of the seasons reaches.
    func statistic(_ method: AlarmMethod, reachedBy share: Double) -> Double {
        let sorted = largest[method.rawValue].sorted(by: >)
        return sorted[min(sorted.count - 1, Int((share * Double(sorted.count)).rounded()))]
    }
}
