import Football
import Testing

struct ClubNamesTests {
    private let names = ClubNames.england

    @Test(arguments: [
        ("Man Utd", "Man United"), ("Manchester United FC", "Man United"), ("Spurs", "Tottenham"),
        ("Tottenham Hotspur FC", "Tottenham"), ("Brighton & Hove Albion FC", "Brighton"),
        ("Nottingham", "Nott'm Forest"),
        ("Nott'm Forest", "Nott'm Forest"), ("Wolverhampton Wanderers FC", "Wolves"),
        ("AFC Bournemouth", "Bournemouth"),
        ("Sunderland AFC", "Sunderland"), ("Leeds United", "Leeds"), ("SHEFFIELD WEDNESDAY", "Sheffield Weds"),
        ("Queens Park Rangers FC", "QPR"), ("West Bromwich Albion", "West Brom"), ("Wimbledon FC", "Wimbledon"),
        ("AFC Wimbledon", "AFC Wimbledon"),
    ])
    func `every feed's spelling leads to one name`(spelling: String, name: String) {
        #expect(names[spelling] == name)
    }

    @Test func `every club of the real seasons is known by its own name`() throws {
        let clubs = Set(try SharedData.matches.get().flatMap { [$0.fixture.key.home, $0.fixture.key.away] })
        #expect(clubs.count == 43)
        for club in clubs { #expect(names[club] == club) }
    }

    @Test func `the league's clubs since 1993 are all there, and each leads to itself`() {
        // Fifty-one clubs have played in the Premier League from 1992/93 to 2026/27.
        let premier = """
            Arsenal,Aston Villa,Barnsley,Birmingham,Blackburn,Blackpool,Bolton,Bournemouth,Bradford,Brentford,Brighton,\
            Burnley,Cardiff,Charlton,Chelsea,Coventry,Crystal Palace,Derby,Everton,Fulham,Huddersfield,Hull,Ipswich,\
            Leeds,Leicester,Liverpool,Luton,Man City,Man United,Middlesbrough,Newcastle,Norwich,Nott'm Forest,Oldham,\
            Portsmouth,QPR,Reading,Sheffield United,Sheffield Weds,Southampton,Stoke,Sunderland,Swansea,Swindon,\
            Tottenham,Watford,West Brom,West Ham,Wigan,Wimbledon,Wolves
            """.split(separator: ",").map(String.init)
        #expect(premier.count == 51)
        #expect(Set(premier).isSubset(of: names.names))
        for name in names.names { #expect(names[name] == name) }
    }

    @Test func `an unknown name is not guessed, and the nearest are offered`() {
        #expect(names["Mancester City"] == nil)
        #expect(names.nearest(to: "Mancester City").first == "Man City")
        #expect(names.nearest(to: "Totenham Hotspurs").first == "Tottenham")
        #expect(names.nearest(to: "Barcelona").allSatisfy { $0 != "Tottenham" })
        #expect(names[""] == nil)
        #expect(names.nearest(to: "") == [])
        #expect(names.nearest(to: String(repeating: "x", count: 100_000)).count <= 3)
    }

    @Test func `other divisions' names are taken as they are`() {
        #expect(ClubNames.of(division: "E0") != nil)
        #expect(ClubNames.of(division: "SIM") == nil)
    }
}
