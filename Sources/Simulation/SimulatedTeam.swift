import Football
import Glibc

/// One of the league's teams: how strong it is on a day.
///
/// Strengths are a function of the day and not a walk, so that any season can be played without those before it.
struct SimulatedTeam {
    let name: String
    private let quality: Double
    private let attackWave: Wave
    private let defenceWave: Wave

    /// Makes the league's teams from a seed; their qualities have mean 0 and standard deviation 1.
    static func league(seed: UInt64) -> [SimulatedTeam] {
        let drawn = names.indices.map { index in
            var stream = RandomStream(seed: seed, 1, index)
            return stream.normal()
        }
        let mean = drawn.reduce(0, +) / Double(drawn.count)
        let variance = drawn.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(drawn.count)
        return names.enumerated().map { index, name in
            var stream = RandomStream(seed: seed, 2, index)
            return SimulatedTeam(
                name: name,
                quality: (drawn[index] - mean) / variance.squareRoot(),
                attackWave: Wave(&stream),
                defenceWave: Wave(&stream)
            )
        }
    }

    /// Logarithm of the factor on the goals it scores.
    func attack(on day: Day) -> Double { 0.22 * quality + attackWave.height(on: day) }

    /// Logarithm of the divisor of the goals it concedes.
    func defence(on day: Day) -> Double { 0.20 * quality + defenceWave.height(on: day) }

    private static let names = [
        "Albion", "Athletic", "Borough", "City", "County", "Dynamo", "Harriers", "Olympic", "Orient", "Park",
        "Rangers", "Rovers", "Thistle", "Town", "Union", "United", "Vale", "Victoria", "Wanderers", "Wednesday",
    ].map { "Synthetic \($0)" }
}

/// A slow swing with periods of some years, and a smaller one of some months.
private struct Wave {
    private let years: Double
    private let months: Double
    private let phases: (Double, Double)

    init(_ stream: inout RandomStream) {
        years = 365.25 * (2 + 4 * stream.uniform())
        months = 365.25 * (0.4 + 0.4 * stream.uniform())
        phases = (stream.uniform(), stream.uniform())
    }

    func height(on day: Day) -> Double {
        let time = Double(day.number)
        return 0.14 * sin(2 * .pi * (time / years + phases.0)) + 0.06 * sin(2 * .pi * (time / months + phases.1))
    }
}
