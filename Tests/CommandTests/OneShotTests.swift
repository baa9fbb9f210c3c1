import Testing

struct OneShotTests {
    @Test func `commands that need a database start a private one, and leave none behind`() async throws {
        try await withWorkplace { place in
            let flag = "--config.file=\(try place.configuration())"
            let early = try await Program.run(["backtest", "--from=2021", "--to=2021", flag])
            #expect(early.code == 1)
            #expect(early.errorLines.last?.contains("run 'touchline migrate' first") == true)

            let first = try await Program.run(["migrate", flag])
            #expect(first.code == 0)
            #expect(first.output.hasPrefix("applied: initial"))
            #expect(first.errors.isEmpty)
            #expect(place.postmaster == nil)

            let second = try await Program.run(["migrate", flag])
            #expect(second.code == 0)
            #expect(second.output == "the schema is up to date\n")

            let check = try await Program.run(["check", flag])
            #expect(check.code == 0)
            #expect(check.errors.isEmpty)
            #expect(
                check.output == """
                    configuration: \(place.folder)/touchline.yml: valid
                    database: private, in \(place.state): answers; 0 finished matches
                    model: none yet

                    """)

            let backtest = try await Program.run(["backtest", "--from=2021", "--to=2021", flag])
            #expect(backtest.code == 1)
            #expect(
                backtest.errorLines.last
                    == "touchline: the database has no finished match of division E0; --data names a folder of files")
            #expect(place.postmaster == nil)

            let train = try await Program.run(["train", "--offline", flag])
            #expect(train.code == 1)
            #expect(
                train.errorLines.last
                    == "touchline: 0 finished matches are too few to train on; 380 are needed")
            #expect(place.postmaster == nil)

            let predict = try await Program.run(["predict", flag])
            #expect(predict.code == 1)
            #expect(predict.errorLines.last?.hasPrefix("touchline: ") == true)
            #expect(predict.errorLines.last?.contains("http://127.0.0.1:1/") == true)
            #expect(place.postmaster == nil)
        }
    }
}
