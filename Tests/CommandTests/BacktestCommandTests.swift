import FoundationEssentials
import Glibc
import TestSupport
import Testing

struct BacktestCommandTests {
    private let options = ["backtest", "--from=2006", "--to=2006", "--trees=5"]

    @Test(.timeLimit(.minutes(5)))
    func `a filled database is forecast as its files are, and a run that was killed goes on`() async throws {
        let seasons = try SharedData.path("football-data.co.uk")
        let server = try LoopbackServer { request in
            request.path == "/fixtures.csv"
                ? .text("Div,Date,Time,HomeTeam,AwayTeam\r\n", headers: ["Content-Type": "text/csv"])
                : LoopbackServer.file(for: request, in: seasons)
        }
        try await withWorkplace { place in
            let file = try place.file(
                "filled.yml",
                """
                state_directory: state
                feed:
                  {base_url: "\(server.url(""))", first_season: 2005/06, last_season: 2006/07, attempts: 1, pause: 0s}
                model: {trees: 1, minimum_matches: 100}

                """)
            let flag = "--config.file=\(file)"
            let train = try await Program.run(["train", flag])
            #expect(train.code == 0, "\(train.errors)")

            let files = try await Program.run(options + ["--json", "--data=\(seasons)/mmz4281"])
            #expect(files.code == 0 && files.errors.isEmpty, "\(files.errors)")
            #expect(files.output.contains(#""2006\/07""#) || files.output.contains(#""2006/07""#))
            let database = try await Program.run(options + ["--json", flag])
            #expect(database.code == 0 && database.errors.isEmpty, "\(database.errors)")
            #expect(database.output == files.output, "later seasons' files are no part of it")

            let kept = "\(place.folder)/forecasts.csv"
            let killed = try await Program.running(options + ["--output=\(kept)", flag]) { program in
                while Self.lines(of: kept).count < 60 { try await Task.sleep(for: .milliseconds(20)) }
                program.send(SIGKILL)
            }
            #expect(killed.code == nil && killed.output.isEmpty)
            let before = Self.lines(of: kept)
            #expect(before.count < 300, "it was done before it was killed")
            let resumed = try await Program.run(options + ["--json", "--output=\(kept)", flag])
            #expect(resumed.code == 0 && resumed.output == files.output, "\(resumed.errors)")
            let after = Self.lines(of: kept)
            #expect(after.starts(with: before) && (360...382).contains(after.count))
            #expect(after[1].hasPrefix("season,day,home,away,p_home") && after[2].split(separator: ",").count == 11)

            let table = try await Program.run([
                "backtest", "--from=2006", "--to=2006", "--features=seed15", "--trees=3", "--minimum-leaf=20",
                "--maximum-depth=4", "--shrinkage=100", "--seed=3", "--threads=2", "--calibrate", "--division=E0", flag,
            ])
            #expect(table.code == 0 && table.errors.isEmpty, "\(table.errors)")
            for words in ["seed15\n", "2006/07", "log loss", "RPS less proportional", "corrected by: "] {
                #expect(table.output.contains(words), "\(table.output)")
            }
            let other = try await Program.run(options + ["--seed=2", "--output=\(kept)", flag])
            #expect(other.code == 1 && other.errors.contains("holds forecasts of other options or matches"))
        }
    }

    private static func lines(of path: String) -> [String] {
        guard let data = FileManager.default.contents(atPath: path) else { return [] }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
