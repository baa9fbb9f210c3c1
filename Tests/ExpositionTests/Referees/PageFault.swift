/// What a strict reader finds wrong with a page.
struct PageFault: Error, Equatable, CustomStringConvertible {
    /// The rules of the text format 0.0.4 and of OpenMetrics 1.0 that a page can break.
    enum Rule: String {
        case utf8 = "is not UTF-8"
        case lineEnd = "does not end with a line end"
        case comment = "is a comment that means nothing"
        case metadata = "says again, or too late, what the family is"
        case kind = "names no kind of the format, or none before the samples"
        case unit = "has a unit that the name does not end in"
        case familyTwice = "begins a family again"
        case name = "is no name"
        case label = "is no label"
        case labelTwice = "has a label twice"
        case escape = "escapes what may not be escaped, or does not what must"
        case number = "is no number"
        case suffix = "does not belong to the family"
        case seriesTwice = "has the labels of an earlier line"
        case seriesApart = "comes back to an earlier series"
        case exemplar = "has an exemplar where none may be, or a wrong one"
        case bucket = "has bounds that do not ascend to +Inf, or are spelt otherwise than they must be"
        case count = "has counts that fall, or do not agree"
        case sum = "has a count or a sum without the other, or one that is not allowed"
        case value = "has a value that the kind does not allow"
        case ending = "is not the one and last # EOF of OpenMetrics"
        case rest = "goes on after its end"
    }

    /// Counted from 1.
    let line: Int
    let rule: Rule

    var description: String { "line \(line) \(rule.rawValue)" }
}
