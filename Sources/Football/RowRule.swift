/// What a row of a feed must satisfy; a broken rule quarantines the row, and its raw value is a metric label.
public enum RowRule: String, CaseIterable, Sendable {
    /// The row has a field for each named column of the header, and no value past them; a cut last line has fewer.
    case fieldCount = "field_count"
    /// A JSON record has every member that is needed, of its kind.
    case field
    /// The teams' names are valid UTF-8 without control characters.
    case encoding
    /// A quoted field's closing quote is followed by a separator or the row's end.
    case quoting
    /// The date is a day of the calendar, `dd/mm/yy` or `dd/mm/yyyy`.
    case date
    /// The date lies in the file's season.
    case dateOutsideSeason = "date_outside_season"
    /// The time, where there is one, is `hh:mm` on a clock of 24 hours.
    case time
    /// The row belongs to the division that the file is about.
    case division
    /// Both teams are named, in at most 100 bytes.
    case team
    /// Both teams' names are spellings that a feed is known to use, where the division's clubs are known.
    case unknownTeam = "unknown_team"
    /// The teams are two.
    case sameTeam = "same_team"
    /// Both goal counts are whole numbers from 0 to 30.
    case goals
    /// The result's letter agrees with the goals.
    case resultMismatch = "result_mismatch"
    /// The half-time score, where known, is no higher than the full-time score and agrees with its letter.
    case halfTime = "half_time"
    /// Every match statistic, where known, is a count within reason, and shots on target do not far exceed shots.
    case statistics
    /// Every odds value that is present is a number above 1.
    case odds
    /// A bookmaker's three odds leave a plausible margin.
    case overround
    /// A result is not of a day that has yet to come.
    case resultInFuture = "result_in_future"
    /// The row does not repeat an accepted one.
    case duplicate
    /// The pair of teams has not met before at this ground in this file and season with other facts.
    case duplicateDiffers = "duplicate_differs"
    /// Neither team has another match on that day.
    case teamTwiceOnDay = "team_twice_on_day"
}
