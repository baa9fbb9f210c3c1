import Testing

/// Whole journeys, with the built program and real PostgreSQL, Prometheus and Alertmanager.
///
/// One after the other: each uses several processes, and some measure how fast they answer.
@Suite(.serialized) enum Journeys {}

/// Journeys in which nothing depends on how soon something answers: one after the other, beside the others.
///
/// Each has ports, folders and a PostgreSQL of its own.
@Suite(.serialized) enum UntimedJourneys {}
