import FoundationEssentials
import Testing

@testable import Agent

struct LogLineTests {
    @Test(arguments: [
        ("plain", "plain"), ("", "\"\""), ("two words", "\"two words\""), ("a=b", "\"a=b\""),
        ("say \"x\"", "\"say \\\"x\\\"\""), ("back\\slash", "\"back\\\\slash\""), ("é", "é"),
        ("127.0.0.1:1", "127.0.0.1:1"),
    ])
    func `a logfmt value is quoted where it must be`(value: String, written: String) {
        #expect(LogLine.logfmt([("key", value)]) == "key=\(written)")
    }

    @Test func `pairs stand in their order`() {
        let pairs = [("level", "info"), ("msg", "job succeeded"), ("job", "train")]
        #expect(LogLine.logfmt(pairs) == "level=info msg=\"job succeeded\" job=train")
        #expect(LogLine.json(pairs) == #"{"level":"info","msg":"job succeeded","job":"train"}"#)
    }

    @Test(arguments: [
        ("\n", "\\n"), ("\r", "\\r"), ("\r\n", "\\r\\n"), ("\t", "\\t"), ("\0", "\\u0000"),
        ("\u{1B}[31m", "\\u001b[31m"),
        ("\u{7F}", "\\u007f"), ("\u{85}", "\\u0085"), ("\u{9B}31m", "\\u009b31m"), ("\u{2028}", "\\u2028"),
        ("\u{2029}", "\\u2029"),
    ])
    func `no value can end a line or speak to a terminal`(value: String, escaped: String) {
        #expect(LogLine.logfmt([("value", value)]) == "value=\"\(escaped)\"")
        #expect(LogLine.json([("value", value)]) == "{\"value\":\"\(escaped)\"}")
    }

    @Test func `a JSON reader gets back what was logged`() throws {
        let value =
            String(String.UnicodeScalarView((0...0x2FF).compactMap(Unicode.Scalar.init))) + "\u{2028}⚽️\u{10FFFF}"
        let line = LogLine.json([("key \"1\"", value), ("other", "")])
        #expect(!line.contains { $0.isNewline })
        let read = try JSONDecoder().decode([String: String].self, from: Data(line.utf8))
        #expect(read == ["key \"1\"": value, "other": ""])
    }
}
