import Football
import History
import Testing

@testable import Agent

struct ForecastShareTests {
    private func predictions(_ model: Int64, _ count: Int = 400) -> [Prediction] {
        (0..<count).map { number in
            var prediction = Example.prediction(home: "H\(number % 20)", away: "A\(number / 20)")
            prediction.modelID = model
            return prediction
        }
    }

    @Test(arguments: [0.0, 0.1, 0.5, 1.0])
    func `each match is served by one model, the candidate's by its share`(share: Double) {
        let divided = ForecastShare.divide(champion: predictions(1), candidate: predictions(2), share: share)
        #expect(divided.count == 800)
        let served = divided.filter { !$0.shadow }
        #expect(served.count == 400 && Set(served.map(\.key)).count == 400)
        let found = Double(served.count { $0.modelID == 2 }) / 400
        #expect(abs(found - share) < 0.06, "\(found)")
    }

    @Test func `a match stays with its model, also when the share grows`() {
        for number in 0..<400 {
            let key = Example.prediction(home: "H\(number % 20)", away: "A\(number / 20)").key
            let small = ForecastShare.isCandidates(key, share: 0.2)
            #expect(small == ForecastShare.isCandidates(key, share: 0.2))
            if small { #expect(ForecastShare.isCandidates(key, share: 0.4)) }
        }
    }

    @Test func `a match that the candidate did not forecast is the champion's`() {
        let divided = ForecastShare.divide(champion: predictions(1), candidate: [], share: 1)
        #expect(divided.allSatisfy { !$0.shadow && $0.modelID == 1 })
    }
}
