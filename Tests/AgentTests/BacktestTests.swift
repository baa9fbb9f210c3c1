import FoundationEssentials
import TestSupport
import Testing

@testable import Agent

struct BacktestTests {
    @Test func `a run that was stopped goes on, and comes to the same scores`() async throws {
        try await withSeasons { folder in
            var options = Backtest.Options(firstSeason: 2006, lastSeason: 2006)
            options.features = "no-odds"
            let backtest = try Backtest(options)
            let output = folder + "/forecasts.csv"
            let whole = try await backtest.run(folder: folder, division: "E0", output: output) { _, _ in }
            let all = try #require(whole.all)
            // Before the first block there is nothing to learn from: the season before only taught ratings.
            #expect(all.matches + whole.unforecast == 120 && all.matches >= 100)
            #expect(whole.seasons.keys.sorted() == ["2006/07"])
            #expect(all.rankedProbability.mean > 0.15 && all.rankedProbability.mean < 0.26)
            #expect(all.rankedProbabilityDifference.count == 4)
            let error = all.calibrationError
            #expect(try #require(error.lower) < #require(error.upper) && error.mean > 0)
            let url = URL(filePath: output)
            let text = try Data(contentsOf: url)
            try text.prefix(text.count * 2 / 3).write(to: url)
            let again = try await backtest.run(folder: folder, division: "E0", output: output) { _, _ in }
            #expect(again == whole)
            #expect(try Data(contentsOf: url).count >= text.count)
            options.seed = 2
            let other = try Backtest(options)
            await #expect(throws: AgentError.self) {
                try await other.run(folder: folder, division: "E0", output: output) { _, _ in }
            }
        }
    }

    @Test func `a correction is learnt from the season before, and never from too few`() async throws {
        try await withSeasons { folder in
            var options = Backtest.Options(firstSeason: 2006, lastSeason: 2006)
            options.features = "no-odds"
            let plain = try await Backtest(options).run(folder: folder, division: "E0", output: nil) { _, _ in }
            options.calibrate = true
            let report = try await Backtest(options).run(folder: folder, division: "E0", output: nil) { _, _ in }
            let matches = try #require(report.all?.matches)
            #expect(report.calibrations == ["none": matches] && plain.calibrations == nil)
            #expect(report.all == plain.all)
        }
    }

    @Test func `options that cannot be used are refused`() {
        var options = Backtest.Options(firstSeason: 2006, lastSeason: 2006)
        options.features = "crystal-ball"
        #expect(throws: AgentError.self) { try Backtest(options) }
        options.features = "market"
        options.trees = 0
        #expect(throws: AgentError.self) { try Backtest(options) }
        #expect(throws: AgentError.self) { try Backtest(Backtest.Options(firstSeason: 2007, lastSeason: 2006)) }
    }

    @Test func `a folder of another division names it`() async throws {
        try await withSeasons { folder in
            let backtest = try Backtest(Backtest.Options(firstSeason: 2006, lastSeason: 2006))
            await #expect {
                _ = try await backtest.run(folder: folder, division: "SP1", output: nil) { _, _ in }
            } throws: {
                "\($0)".contains("2324/SP1.csv, but of E0: name it by --division")
            }
        }
    }

    @Test func `a folder without seasons is refused`() async throws {
        let backtest = try Backtest(Backtest.Options(firstSeason: 2006, lastSeason: 2006))
        await #expect(throws: AgentError.self) {
            try await backtest.run(folder: "/nonexistent", division: "E0", output: nil) { _, _ in }
        }
    }

    /// A folder with a real season and the beginning of the next.
    private func withSeasons(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "touchline-backtest-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for season in ["0506", "0607"] {
            let place = folder.appending(path: season)
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            let file = try Data(contentsOf: SharedData.url("football-data.co.uk/mmz4281/\(season)/E0.csv"))
            let lines = file.split(separator: UInt8(ascii: "\n")).prefix(season == "0607" ? 121 : 381)
            try Data(lines.joined(separator: [UInt8(ascii: "\n")])).write(to: place.appending(path: "E0.csv"))
        }
        try await body(folder.path)
    }
}
