/// A script that takes the schema one step further.
package struct Migration: Sendable, Hashable {
    /// Its name, under which the database remembers it.
    package var name: String
    /// The script, which runs in a transaction.
    package var script: String

    /// Makes a migration.
    package init(name: String, script: String) {
        self.name = name
        self.script = script
    }

    /// Every migration, in the order in which they are applied; one that was released never changes.
    package static let all = [
        Migration(name: "initial", script: String(decoding: PackageResources.initial_sql, as: UTF8.self)),
        Migration(name: "durability", script: String(decoding: PackageResources.durability_sql, as: UTF8.self)),
        Migration(name: "feeds", script: String(decoding: PackageResources.feeds_sql, as: UTF8.self)),
        Migration(name: "retention", script: String(decoding: PackageResources.retention_sql, as: UTF8.self)),
        Migration(name: "tiers", script: String(decoding: PackageResources.tiers_sql, as: UTF8.self)),
        Migration(name: "reading", script: String(decoding: PackageResources.reading_sql, as: UTF8.self)),
        Migration(name: "registry", script: String(decoding: PackageResources.registry_sql, as: UTF8.self)),
        Migration(name: "fallback", script: String(decoding: PackageResources.fallback_sql, as: UTF8.self)),
        Migration(name: "disagreements", script: String(decoding: PackageResources.disagreements_sql, as: UTF8.self)),
        Migration(name: "notices", script: String(decoding: PackageResources.notices_sql, as: UTF8.self)),
        Migration(name: "settlement", script: String(decoding: PackageResources.settlement_sql, as: UTF8.self)),
        Migration(name: "betting", script: String(decoding: PackageResources.betting_sql, as: UTF8.self)),
        Migration(name: "notifications", script: String(decoding: PackageResources.notifications_sql, as: UTF8.self)),
        Migration(name: "drift", script: String(decoding: PackageResources.drift_sql, as: UTF8.self)),
        Migration(name: "upkeep", script: String(decoding: PackageResources.upkeep_sql, as: UTF8.self)),
    ]
}
