extension ByteCursor {
    /// Writes the shortest decimal that reads back as the same value; whole numbers without a fraction.
    @inline(__always)
    mutating func write(_ value: Double) {
        let magnitude = value.magnitude
        // Swift prints whole numbers in full below 2^54, and exponents from there on.
        guard magnitude < 0x1p54 else { return writeExtreme(value) }
        if value.sign == .minus { write(UInt8(ascii: "-")) }
        let whole = UInt64(magnitude)
        if Double(whole) == magnitude { return write(whole) }
        writeFraction(magnitude)
    }

    /// Writes a whole number.
    @inline(__always)
    mutating func write(_ value: UInt64) {
        var length = 1
        var rest = value
        while rest >= 10 {
            if rest < 100 { length += 1; break }
            if rest < 1000 { length += 2; break }
            if rest < 10_000 { length += 3; break }
            rest /= 10_000
            length += 4
        }
        writeDigits(value, length)
    }

    /// Writes the last `length` digits, with leading zeros.
    @inline(__always)
    private mutating func writeDigits(_ value: UInt64, _ length: Int) {
        guard let place = reserve(length) else { return }
        var rest = value
        var position = length
        while position > 0 {
            position -= 1
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            place.storeBytes(
                of: UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: digit), toByteOffset: position, as: UInt8.self)
            rest = quotient
        }
    }

    /// Writes a positive number that is not whole.
    private mutating func writeFraction(_ magnitude: Double) {
        // A decimal of at most 15 digits that reads back as the value is the shortest one, because no other decimal
        // of so few digits reads back as the same value; and a division of whole numbers is rounded as reading is.
        if magnitude >= 1e-3 && magnitude < 1e9 {
            let millionths = UInt64(magnitude * 1e6 + 0.5)
            if Double(millionths) / 1e6 == magnitude {
                let (whole, fraction) = millionths.quotientAndRemainder(dividingBy: 1_000_000)
                write(whole)
                write(UInt8(ascii: "."))
                var digits = fraction
                var length = 6
                while digits % 10 == 0 {
                    digits /= 10
                    length -= 1
                }
                return writeDigits(digits, length)
            }
        }
        magnitude.write(to: &self)
    }

    private mutating func writeExtreme(_ value: Double) {
        if value.isNaN {
            write("NaN" as StaticString)
        } else if value.isInfinite {
            write(value < 0 ? "-Inf" : "+Inf" as StaticString)
        } else {
            value.write(to: &self)
        }
    }
}
