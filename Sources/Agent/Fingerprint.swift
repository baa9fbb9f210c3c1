extension Sequence<UInt8> {
    /// FNV-1a with 64 bits (Fowler, Noll and Vo): finds what was cut off or changed by accident, and is the same in every
    /// process; it guards against nobody's intent.
    var fingerprint: UInt64 {
        reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
