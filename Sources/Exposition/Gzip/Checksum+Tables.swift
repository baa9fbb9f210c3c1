extension Checksum {
    /// What the arithmetic looks up.
    final class Tables: Sendable {
        static let shared = Tables()
        private static let polynomial: UInt32 = 0xedb8_8320

        /// For each of eight positions, what a byte there does to the checksum.
        let bytes: InlineArray<2048, UInt32>
        /// What texts of 0, 1, 2 and so on bytes do to the checksum of what goes before them.
        let shifts: InlineArray<4096, UInt32>
        /// What 4096 bytes do, twice as many, four times as many and so on.
        let powers: InlineArray<48, UInt32>

        private init() {
            var bytes = InlineArray<2048, UInt32>(repeating: 0)
            for byte in 0..<256 {
                bytes[byte] = (0..<8).reduce(UInt32(byte)) { crc, _ in
                    crc & 1 == 1 ? crc >> 1 ^ Self.polynomial : crc >> 1
                }
            }
            for entry in 256..<bytes.count {
                let former = bytes[entry - 256]
                bytes[entry] = former >> 8 ^ bytes[Int(former & 0xff)]
            }
            // A byte of zeros after a checksum, which is what a longer text does to it.
            func longer(_ crc: UInt32) -> UInt32 { crc >> 8 ^ bytes[Int(crc & 0xff)] }
            var shifts = InlineArray<4096, UInt32>(repeating: 1 << 31)
            for length in 1..<shifts.count { shifts[length] = longer(shifts[length - 1]) }
            // The square of a polynomial, bit by bit: this is done once.
            func square(_ one: UInt32) -> UInt32 {
                var (product, shifted) = (0 as UInt32, one)
                for bit in (0..<32).reversed() {
                    if one >> UInt32(bit) & 1 == 1 { product ^= shifted }
                    shifted = shifted & 1 == 1 ? shifted >> 1 ^ Self.polynomial : shifted >> 1
                }
                return product
            }
            var powers = InlineArray<48, UInt32>(repeating: longer(shifts[4095]))
            for power in 1..<powers.count { powers[power] = square(powers[power - 1]) }
            self.bytes = bytes
            self.shifts = shifts
            self.powers = powers
        }
    }
}
