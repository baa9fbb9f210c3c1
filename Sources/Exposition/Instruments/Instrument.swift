/// A metric that is updated where something happens and read by scrapes.
///
/// Updates and reads may come from any thread. An instrument is owned by a collector, which returns ``family`` among
/// its own, or registered directly with ``Registry/register(_:)-(Instrument)``.
public protocol Instrument: Sendable {
    /// What the instrument measures.
    var descriptor: Descriptor { get }
    /// The current series.
    var family: Family { get }
}
