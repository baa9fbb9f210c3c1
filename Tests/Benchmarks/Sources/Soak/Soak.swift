internal import Foundation
internal import Synchronization

/// Scrapes a running `ServeSeries` from many connections at once and looks for errors and torn histograms:
/// `Soak <port> <connections> <seconds>`.
@main
struct Soak {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
        guard arguments.count == 3 else {
            print("usage: Soak <port> <connections> <seconds>")
            exit(1)
        }
        let tally = Tally()
        let end = ContinuousClock.now.advanced(by: .seconds(arguments[2]))
        let group = DispatchGroup()
        for connection in 0..<arguments[1] {
            group.enter()
            Thread.detachNewThread {
                defer { group.leave() }
                do {
                    var scraper = try Scraper(port: UInt16(arguments[0]))
                    var turn = connection
                    while ContinuousClock.now < end {
                        let start = ContinuousClock.now
                        let page = try scraper.scrape()
                        tally.add(ContinuousClock.now - start)
                        turn += 1
                        if turn % 50 == 0 { tally.add(faults: HammeredHistogram.faults(in: page)) }
                    }
                } catch {
                    tally.add(faults: ["connection \(connection): \(error)"])
                }
            }
        }
        group.wait()
        print(tally.report)
        exit(tally.isClean ? 0 : 1)
    }
}

/// What all connections saw.
final class Tally: Sendable {
    private struct State {
        var times: [Duration] = []
        var faults: [String] = []
    }

    private let state = Mutex(State())

    func add(_ time: Duration) { state.withLock { $0.times.append(time) } }
    func add(faults: [String]) { state.withLock { $0.faults += faults } }

    var isClean: Bool { state.withLock { $0.faults.isEmpty && !$0.times.isEmpty } }

    var report: String {
        state.withLock { state in
            let sorted = state.times.sorted()
            func quantile(_ share: Double) -> String {
                sorted.isEmpty ? "-" : "\(sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))])"
            }
            return """
                \(sorted.count) scrapes, p50 \(quantile(0.5)), p99 \(quantile(0.99)), longest \(quantile(1))
                \(state.faults.count) faults \(state.faults.prefix(5))
                """
        }
    }
}

/// The histogram that the server's threads hammer with 0.5 and 2 alone.
enum HammeredHistogram {
    static func faults(in page: [UInt8]) -> [String] {
        var values: [String: Double] = [:]
        for line in String(decoding: page, as: UTF8.self).split(separator: "\n")
        where line.hasPrefix("workload_hammered_") || line.hasPrefix("workload_latency_seconds") {
            guard let blank = line.lastIndex(of: " ") else { continue }
            values[String(line[..<blank])] = Double(line[line.index(after: blank)...])
        }
        guard values.count > 8 else { return ["the page has no histograms"] }
        var faults: [String] = []
        for half in ["0", "1"] {
            let low = values["workload_hammered_bucket{half=\"\(half)\",le=\"1\"}"] ?? .nan
            let all = values["workload_hammered_bucket{half=\"\(half)\",le=\"+Inf\"}"] ?? .nan
            let sum = values["workload_hammered_sum{half=\"\(half)\"}"] ?? .nan
            if sum != low * 0.5 + (all - low) * 2 { faults.append("half \(half): sum \(sum), \(low) of \(all)") }
        }
        for (name, value) in values where name.contains("_count") {
            let bucket = name.replacing("_count", with: "_bucket").replacing("}", with: ",le=\"+Inf\"}")
            if values[bucket] != value { faults.append("\(name) \(value), \(bucket) \(values[bucket] ?? .nan)") }
        }
        return faults
    }
}
