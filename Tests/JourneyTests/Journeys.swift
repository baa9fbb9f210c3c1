import Testing

/// Whole journeys, with the built program and real PostgreSQL, Prometheus and Alertmanager.
///
/// One after the other: each uses several processes, and some measure how fast they answer.
@Suite(.serialized) enum Journeys {}
