/// The lines of one series that has several of them.
struct SeriesLines {
    let name: String
    /// The label values, each followed by a comma.
    let labels: UnsafeRawBufferPointer
    /// What follows them in lines with a label of their own.
    let tails: [[UInt8]]

    /// Begins a line that has a label of its own.
    @inline(__always)
    func begin(_ suffix: StaticString, _ tail: [UInt8], to cursor: inout ByteCursor) {
        cursor.write(name)
        cursor.write(suffix)
        cursor.write(UInt8(ascii: "{"))
        cursor.write(labels)
        cursor.write(tail)
    }

    /// Begins a line that has none.
    func begin(_ suffix: StaticString, to cursor: inout ByteCursor) {
        cursor.write(name)
        cursor.write(suffix)
        writeLabels(to: &cursor)
    }

    /// Writes a line that has none.
    func write(_ suffix: StaticString, _ value: Double, to cursor: inout ByteCursor) {
        begin(suffix, to: &cursor)
        cursor.writeLine(value)
    }

    /// Writes the label values in braces, if there are any, and a blank.
    func writeLabels(to cursor: inout ByteCursor) {
        if !labels.isEmpty {
            cursor.write(UInt8(ascii: "{"))
            cursor.write(UnsafeRawBufferPointer(rebasing: labels.dropLast()))
            cursor.write(UInt8(ascii: "}"))
        }
        cursor.write(UInt8(ascii: " "))
    }
}

extension ByteCursor {
    /// Writes a number and ends the line.
    @inline(__always)
    mutating func writeLine(_ value: Double) {
        write(value)
        write(UInt8(ascii: "\n"))
    }

    /// Writes a whole number and ends the line.
    @inline(__always)
    mutating func writeLine(_ value: UInt64) {
        write(value)
        write(UInt8(ascii: "\n"))
    }
}
