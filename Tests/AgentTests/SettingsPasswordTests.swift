import Testing

@testable import Agent

struct SettingsPasswordTests {
    @Test(arguments: [
        "host=db password=hunter2", "host=db password = hunter2", "host=db password  =hunter2",
        "password\t=\thunter2 host=db", "host=db password='hunter2'", "host=db sslpassword=hunter2",
        "postgresql://user:hunter2@db/name", "postgres://user:hunter2@db:5432,db2/name",
        "postgresql://user:@db/name", "postgresql://user@db/name?password=hunter2",
        "postgresql://user@db/name?pass%77ord=hunter2", "postgresql://db/name?sslmode=require&password=hunter2",
    ])
    func `a password in the connection string is refused and not repeated`(text: String) {
        let error = #expect(throws: SettingsError.self) {
            try Settings(
                yaml: "database:\n  connection_string: \"\(text.replacing("\t", with: "\\t"))\"\n", file: "t.yml",
                stateDirectory: "/s")
        }
        #expect(
            error?.description
                == "t.yml:2: database.connection_string: must not hold a password; put it into a file and name that as "
                + "password_file")
    }

    @Test(arguments: [
        "", "host=db user=touchline", "host=/run/postgresql passfile=/etc/pgpass", "service=touchline",
        "postgresql://db:5432/name", "postgresql://user@db:5432/name", "postgresql:///name?host=/run&port=5433",
        "postgresql://[::1]:5432/name", "postgresql://db/user:x@name", "host=db application_name=a://b:c@d",
    ])
    func `a connection string without one is taken`(text: String) throws {
        let settings = try Settings(
            yaml: "database: {connection_string: \"\(text)\"}", file: "t.yml", stateDirectory: "/s")
        #expect(settings.database.connectionString == text)
    }

    private func joined(_ connectionString: String, password: String) throws -> String {
        let folder = try Folder()
        let database = Settings.Database(
            connectionString: connectionString, passwordFile: try folder.file("password", password))
        return try database.connectionStringWithPassword()
    }

    @Test(arguments: [
        ("simple", "'simple'"), ("two words", "'two words'"), ("o'clock", #"'o\'clock'"#), (#"a\b"#, #"'a\\b'"#),
        (#"\'"#, #"'\\\''"#), ("", "''"), ("x\n", "'x'"), ("x\r\n", "'x'"), ("x\nsecond line\n", "'x'"),
        (" x ", "' x '"),
        ("x=y z=w", "'x=y z=w'"),
    ])
    func `the file's first line is quoted for key=value pairs`(content: String, quoted: String) throws {
        #expect(try joined("host=db", password: content) == "host=db password=\(quoted)")
        #expect(try joined("host=db options=a://b", password: content) == "host=db options=a://b password=\(quoted)")
    }

    @Test(arguments: [
        ("simple", "simple"), ("a b&c=d?e#f/g:h@i%j+k", "a%20b%26c%3Dd%3Fe%23f%2Fg%3Ah%40i%25j%2Bk"),
        ("-._~Az09", "-._~Az09"), ("é⚽", "%C3%A9%E2%9A%BD"), ("x\r\n", "x"), ("\u{1}", "%01"),
    ])
    func `it is percent-encoded for a URI`(content: String, encoded: String) throws {
        #expect(try joined("postgresql://u@db/n", password: content) == "postgresql://u@db/n?password=\(encoded)")
        #expect(
            try joined("postgres://u@db/n?sslmode=require", password: content)
                == "postgres://u@db/n?sslmode=require&password=\(encoded)")
    }

    @Test func `without a file nothing is added`() throws {
        #expect(try Settings.Database(connectionString: "host=db").connectionStringWithPassword() == "host=db")
    }

    @Test func `a file that cannot be read is named`() {
        let error = #expect(throws: AgentError.self) {
            try Settings.Database(connectionString: "host=db", passwordFile: "/nowhere/password")
                .connectionStringWithPassword()
        }
        #expect(error?.description == "database.password_file: /nowhere/password cannot be read")
    }

    @Test func `systemd's credential holds it where no file is named, for a configured server only`() throws {
        let folder = try Folder()
        let path = try folder.file("database-password", "hunter2\n")
        let environment = ["CREDENTIALS_DIRECTORY": String(path.dropLast("/database-password".count))]
        func joined(_ database: Settings.Database) throws -> String {
            try database.connectionStringWithPassword(environment: environment)
        }
        #expect(try joined(Settings.Database(connectionString: "host=db")) == "host=db password='hunter2'")
        #expect(try joined(Settings.Database()) == "")
        let named = Settings.Database(connectionString: "host=db", passwordFile: try folder.file("other", "swordfish"))
        #expect(try joined(named) == "host=db password='swordfish'")
        let without = ["CREDENTIALS_DIRECTORY": "/nowhere"]
        #expect(
            try Settings.Database(connectionString: "host=db").connectionStringWithPassword(environment: without)
                == "host=db")
    }

    @Test func `neither the password nor its file's content is ever shown`() throws {
        let folder = try Folder()
        var settings = Settings(stateDirectory: "/s")
        settings.database.connectionString = "host=db"
        settings.database.passwordFile = try folder.file("password", "hunter2")
        #expect(!settings.yaml.contains("hunter2"))
        #expect(!"\(settings)".contains("hunter2"))
    }
}
