import Football
import TestSupport
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
        let clubs = Set(try RealSeasons.everyMatch.get().flatMap { [$0.fixture.key.home, $0.fixture.key.away] })
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

    /// Each of the fifty-one as football-data.co.uk, football-data.org and, for those that were up since the fantasy
    /// game's numbers are public, the game call it.
    private static let everyClub = """
        Arsenal|Arsenal FC|Arsenal
        Aston Villa|Aston Villa FC|Aston Villa
        Barnsley|Barnsley FC|
        Birmingham|Birmingham City FC|Birmingham
        Blackburn|Blackburn Rovers FC|Blackburn
        Blackpool|Blackpool FC|Blackpool
        Bolton|Bolton Wanderers FC|Bolton
        Bournemouth|AFC Bournemouth|Bournemouth
        Bradford|Bradford City AFC|
        Brentford|Brentford FC|Brentford
        Brighton|Brighton & Hove Albion FC|Brighton
        Burnley|Burnley FC|Burnley
        Cardiff|Cardiff City FC|Cardiff
        Charlton|Charlton Athletic FC|Charlton
        Chelsea|Chelsea FC|Chelsea
        Coventry|Coventry City FC|Coventry
        Crystal Palace|Crystal Palace FC|Crystal Palace
        Derby|Derby County FC|Derby
        Everton|Everton FC|Everton
        Fulham|Fulham FC|Fulham
        Huddersfield|Huddersfield Town AFC|Huddersfield
        Hull|Hull City AFC|Hull
        Ipswich|Ipswich Town FC|Ipswich
        Leeds|Leeds United FC|Leeds
        Leicester|Leicester City FC|Leicester
        Liverpool|Liverpool FC|Liverpool
        Luton|Luton Town FC|Luton
        Man City|Manchester City FC|Man City
        Man United|Manchester United FC|Man Utd
        Middlesbrough|Middlesbrough FC|Middlesbrough
        Newcastle|Newcastle United FC|Newcastle
        Norwich|Norwich City FC|Norwich
        Nott'm Forest|Nottingham Forest FC|Nott'm Forest
        Oldham|Oldham Athletic AFC|
        Portsmouth|Portsmouth FC|Portsmouth
        QPR|Queens Park Rangers FC|QPR
        Reading|Reading FC|Reading
        Sheffield United|Sheffield United FC|Sheffield Utd
        Sheffield Weds|Sheffield Wednesday FC|
        Southampton|Southampton FC|Southampton
        Stoke|Stoke City FC|Stoke
        Sunderland|Sunderland AFC|Sunderland
        Swansea|Swansea City AFC|Swansea
        Swindon|Swindon Town FC|
        Tottenham|Tottenham Hotspur FC|Spurs
        Watford|Watford FC|Watford
        West Brom|West Bromwich Albion FC|West Brom
        West Ham|West Ham United FC|West Ham
        Wigan|Wigan Athletic FC|Wigan
        Wimbledon|Wimbledon FC|
        Wolves|Wolverhampton Wanderers FC|Wolves
        """

    @Test func `every club since 1993 is known by the name that each of the three feeds gives it`() throws {
        let rows = Self.everyClub.split(separator: "\n").map {
            $0.split(separator: "|", omittingEmptySubsequences: false)
        }
        #expect(rows.count == 51)
        for row in rows {
            try #require(row.count == 3)
            for spelling in row where !spelling.isEmpty {
                #expect(names[String(spelling)] == String(row[0]), "\(spelling)")
            }
            // A typing error in any of them is refused, and its club is offered first.
            for spelling in row where spelling.utf8.count > 6 {
                let wrong = spelling.dropLast(2) + "x" + spelling.suffix(2)
                #expect(names[String(wrong)] == nil, "\(wrong)")
                #expect(names.nearest(to: String(wrong)).first == String(row[0]), "\(wrong)")
            }
        }
    }

    @Test func `the clubs of both real lists and of the real seasons are among them`() throws {
        let known = Set(Self.everyClub.split(separator: "\n").map { String($0.prefix { $0 != "|" }) })
        let fantasy = try FantasyFeed.teams(SharedData.bytes("fpl/bootstrap-static.json")).names.values
        let organisation = try OrganisationFeed.decode(
            SharedData.bytes("football-data.org/PL-matches-scheduled.json"), division: "E0"
        ).rows.map(\.key.home)
        let seasons = try RealSeasons.everyMatch.get().map(\.fixture.key.home)
        for club in Set(fantasy).union(organisation).union(seasons) { #expect(known.contains(club), "\(club)") }
    }
}
