import Exposition
import Testing

/// The reader that judges our pages knows good ones from bad ones.
struct StrictPageTests {
    private func fault(_ page: String, isOpenMetrics: Bool) -> PageFault? {
        do {
            _ = try StrictPage(Array(page.utf8), isOpenMetrics: isOpenMetrics)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        (ExamplePage.text, false), (ExamplePage.openMetrics, true), (KindsPage.text, false),
        (KindsPage.openMetrics, true), ("", false), ("# EOF\n", true),
    ])
    func `A good page is read to its end`(page: String, isOpenMetrics: Bool) {
        #expect(fault(page, isOpenMetrics: isOpenMetrics) == nil)
    }

    private static let gauge = "# HELP a A.\n# TYPE a gauge\n"
    private static let counter = "# HELP a A.\n# TYPE a counter\n"
    private static let histogram = "# HELP a A.\n# TYPE a histogram\n"

    @Test(
        arguments: [
            (gauge + "a 1", .lineEnd), (gauge + "\na 1\n", .name), (gauge + "# a comment\n", .comment),
            (gauge + "# UNIT a b\na 1\n", .comment), ("a 1\n", .kind), ("# TYPE a gauge\na 1\n", .kind),
            ("# HELP a A.\n# TYPE a info\na 1\n", .kind), (gauge + "# HELP a A.\na 1\n", .metadata),
            (gauge + "a 1\n# TYPE a gauge\n", .metadata),
            (gauge + "a 1\n# HELP b B.\n# TYPE b gauge\n" + gauge, .familyTwice),
            (gauge + "b 1\n", .suffix), (gauge + "a_total 1\n", .suffix), (gauge + "1a 1\n", .name),
            (gauge + "a{1=\"x\"} 1\n", .label), (gauge + "a{b:c=\"x\"} 1\n", .rest), (gauge + "a{b=\"x} 1\n", .label),
            (gauge + "a{b=\"x\",b=\"y\"} 1\n", .labelTwice), (gauge + "a{b=\"\\t\"} 1\n", .escape),
            ("# HELP a \\t\n# TYPE a gauge\n", .escape), (gauge + "a{b=\"x\",} 1\n", .label),
            (gauge + "a 1,5\n", .number), (gauge + "a 0x1\n", .number), (gauge + "a inf\n", .number),
            (gauge + "a nan\n", .number), (gauge + "a \n", .number), (gauge + "a 1 5\n", .rest),
            (gauge + "a  1\n", .number),
            (gauge + "a 1\na 2\n", .seriesTwice),
            (gauge + "a{b=\"x\",c=\"y\"} 1\na{c=\"y\",b=\"x\"} 1\n", .seriesTwice),
            (counter + "a -1\n", .value), (counter + "a NaN\n", .value), (gauge + "a 1 # {} 1\n", .rest),
            (histogram + "a_bucket{le=\"1\"} 1\na_sum 1\na_count 1\n", .bucket),
            (histogram + "a_bucket{le=\"2\"} 1\na_bucket{le=\"1\"} 1\na_bucket{le=\"+Inf\"} 1\n", .bucket),
            (histogram + "a_bucket{le=\"1\"} 2\na_bucket{le=\"+Inf\"} 1\na_sum 1\na_count 1\n", .count),
            (histogram + "a_bucket{le=\"+Inf\"} 1\na_sum 1\na_count 2\n", .count),
            (histogram + "a_bucket{le=\"+Inf\"} 1\na_count 1\n", .sum), (histogram + "a_bucket{le=\"+Inf\"} 1\n", .sum),
            (histogram + "a_bucket{le=\"+Inf\"} 1.5\na_sum 1\na_count 1.5\n", .value),
            (histogram + "a_bucket 1\na_sum 1\na_count 1\n", .label),
            (
                histogram
                    + "a_bucket{b=\"x\",le=\"+Inf\"} 1\na_bucket{b=\"y\",le=\"+Inf\"} 1\na_sum{b=\"x\"} 1\na_count{b=\"x\"} 1\n",
                .seriesApart
            ),
        ] as [(String, PageFault.Rule)])
    func `A text page with a fault is refused for it`(page: String, rule: PageFault.Rule) {
        #expect(fault(page, isOpenMetrics: false)?.rule == rule)
    }

    @Test(
        arguments: [
            (gauge + "a 1\n", .ending), (gauge + "a 1\n# EOF", .lineEnd), ("# EOF\n" + gauge + "# EOF\n", .ending),
            (gauge + "a 1\n# EOF\n# EOF\n", .ending), ("# HELP a \"A\".\n# TYPE a gauge\n# EOF\n", .escape),
            ("# HELP a A.\n# TYPE a untyped\n# EOF\n", .kind), (counter + "a 1\n# EOF\n", .suffix),
            (gauge + "# UNIT a seconds\na 1\n# EOF\n", .unit), (gauge + "a 1 # {} 1\n# EOF\n", .exemplar),
            (counter + "a_total 1 # 1\n# EOF\n", .exemplar), (counter + "a_total 1 # {} x\n# EOF\n", .number),
            (counter + "a_total 1 # {b=\"\(String(repeating: "x", count: 128))\"} 1\n# EOF\n", .exemplar),
            (counter + "a_created 1 # {} 1\n# EOF\n", .exemplar), (counter + "a_total 1 #{} 1\n# EOF\n", .rest),
            ("# HELP a A.\n# TYPE a info\na_info 2\n# EOF\n", .value),
            ("# HELP a A.\n# TYPE a stateset\na{a=\"x\"} 2\n# EOF\n", .value),
            ("# HELP a A.\n# TYPE a stateset\na 1\n# EOF\n", .label),
            ("# HELP a A.\n# TYPE a summary\na{quantile=\"2.0\"} 1\n# EOF\n", .value),
            ("# HELP a A.\n# TYPE a summary\na_sum -1\n# EOF\n", .value),
            (histogram + "a_bucket{le=\"1\"} 1\na_bucket{le=\"+Inf\"} 1\n# EOF\n", .bucket),
            (histogram + "a_bucket{le=\"+Inf\"} 1\na_sum -1\na_count 1\n# EOF\n", .sum),
            (histogram + "a_bucket{le=\"-1.0\"} 1\na_bucket{le=\"+Inf\"} 1\na_sum 1\na_count 1\n# EOF\n", .sum),
        ] as [(String, PageFault.Rule)])
    func `An OpenMetrics page with a fault is refused for it`(page: String, rule: PageFault.Rule) {
        #expect(fault(page, isOpenMetrics: true)?.rule == rule)
    }

    @Test func `Bytes that are no UTF-8 are refused`() {
        #expect(throws: PageFault(line: 1, rule: .utf8)) { try StrictPage([0xff, 0x0a], isOpenMetrics: false) }
    }
}
