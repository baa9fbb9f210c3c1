import Football
import FoundationEssentials

/// Ten fixtures of the twenty clubs of 2023/24, a few days from now, as `fixtures.csv` would announce them.
enum ComingRound {
    static let pairs = [
        ("Arsenal", "Man United"), ("Aston Villa", "Wolves"), ("Bournemouth", "West Ham"), ("Brentford", "Tottenham"),
        ("Brighton", "Sheffield United"), ("Burnley", "Nott'm Forest"), ("Chelsea", "Newcastle"),
        ("Crystal Palace", "Man City"), ("Everton", "Luton"), ("Fulham", "Liverpool"),
    ]

    /// The file, with another division's fixture among ours.
    static func csv(now: Date = Date()) -> String {
        let (year, month, day) = Day(containing: now).advanced(by: 4).civil
        let date = "\(day < 10 ? "0" : "")\(day)/\(month < 10 ? "0" : "")\(month)/\(year)"
        let rows = pairs.enumerated().map { number, pair in
            // A margin of 5 %, as a bookmaker would have it.
            let home = 1.5 + 0.25 * Double(number)
            let away = (100 / (1.05 - 1 / home - 1 / 3.6)).rounded() / 100
            let odds = "\(home),3.6,\(away)"
            return "E0,\(date),15:00,\(pair.0),\(pair.1),\(odds),\(odds)"
        }
        let header = "Div,Date,Time,HomeTeam,AwayTeam,B365H,B365D,B365A,AvgH,AvgD,AvgA"
        let other = "E1,\(date),15:00,Derby,Stoke,2.1,3.3,3.5,2.1,3.3,3.5"
        return ([header, other] + rows).joined(separator: "\r\n") + "\r\n"
    }
}
