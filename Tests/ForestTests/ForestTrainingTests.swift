import Forest
import Synchronization
import Testing

@Suite struct ForestTrainingTests {
    @Test func `the bytes do not depend on the number of threads`() async throws {
        let set = try Patterns.bands(rows: 700)
        var options = ForestOptions(trees: 9, minimumLeaf: 3, seed: 5)
        let expected = try await Forest.train(set, options: options).bytes
        for threads in [1, 2, 4] {
            options.threads = threads
            #expect(try await Forest.train(set, options: options).bytes == expected)
        }
    }

    @Test func `another seed grows another forest`() async throws {
        let set = try Patterns.bands()
        let one = try await Forest.train(set, options: ForestOptions(trees: 3, minimumLeaf: 3, seed: 1))
        let other = try await Forest.train(set, options: ForestOptions(trees: 3, minimumLeaf: 3, seed: 2))
        let rows = (0..<50).map { [Double($0) / 50, 0.5] }
        #expect(try rows.contains { try one.probabilities($0) != other.probabilities($0) })
    }

    @Test func `progress counts every tree once`() async throws {
        let seen = Mutex<[Int]>([])
        _ = try await Forest.train(Patterns.bands(), options: ForestOptions(trees: 8, threads: 3)) { finished in
            seen.withLock { $0.append(finished) }
        }
        #expect(seen.withLock { $0.sorted() } == Array(1...8))
    }

    @Test func `a task that is cancelled at the third tree stops there`() async throws {
        let set = try Patterns.bands()
        let finished = Mutex(0)
        let training = Task {
            try await Forest.train(set, options: ForestOptions(trees: 10_000)) { count in
                finished.withLock { $0 = count }
                if count == 3 { withUnsafeCurrentTask { $0?.cancel() } }
            }
        }
        await #expect(throws: ForestError.cancelled) { try await training.value }
        #expect(finished.withLock { $0 } < 10)
    }

    @Test func `rows left out by the bootstrap show what the forest is worth`() async throws {
        let bands = try await Forest.train(Patterns.bands(), options: ForestOptions(trees: 40, minimumLeaf: 3))
        let good = try #require(bands.outOfBag)
        #expect(good.rows == 300)
        #expect(good.accuracy > 0.95)
        #expect(good.logLoss < 0.3)

        var coin = Patterns.Numbers(11)
        let noise = try Patterns.set(rows: 600, classes: 2) { _ in coin.next() < 0.5 ? 0 : 1 }
        let useless = try #require(
            try await Forest.train(noise, options: ForestOptions(trees: 25, minimumLeaf: 1)).outOfBag)
        // Five standard errors around one half: a forest that had seen these rows would know nearly all of them.
        #expect(abs(useless.accuracy - 0.5) < 0.1)
        #expect(useless.logLoss > 0.68)
    }

    @Test(arguments: [
        (ForestOptions(trees: 0), "trees"), (ForestOptions(maximumDepth: 65), "maximumDepth"),
        (ForestOptions(minimumLeaf: 0), "minimumLeaf"), (ForestOptions(featuresPerSplit: 3), "featuresPerSplit"),
        (ForestOptions(featuresPerSplit: 0), "featuresPerSplit"), (ForestOptions(threads: 0), "threads"),
    ])
    func `options out of range are refused by name`(options: ForestOptions, name: String) async throws {
        let set = try Patterns.bands()
        let error = await #expect(throws: ForestError.self) { try await Forest.train(set, options: options) }
        guard case .invalidOption(let refused, _, _) = error else { return #expect(error == nil) }
        #expect(refused == name)
        #expect(error?.reason == "invalid_option")
    }
}
