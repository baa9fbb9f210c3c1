/// Values in order of their day, of which only those before a given day may be asked for.
struct Timeline<Element: Sendable>: Sendable {
    private var days: [Day] = []
    private var elements: [Element] = []

    /// Puts an element at its day; after those of the same day.
    mutating func insert(_ element: Element, on day: Day) {
        let place = count(before: day.advanced(by: 1))
        days.insert(day, at: place)
        elements.insert(element, at: place)
    }

    /// Everything before `day`.
    func before(_ day: Day) -> ArraySlice<Element> { elements.prefix(count(before: day)) }

    private func count(before day: Day) -> Int {
        var low = 0
        var high = days.count
        while low < high {
            let middle = (low + high) / 2
            if days[middle] < day { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
