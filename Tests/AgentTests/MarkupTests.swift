import FoundationEssentials
import Testing

@testable import Agent

struct MarkupTests {
    private let hostile = "<script>alert(\"1\")</script> & 'so' <b onclick=\"x\">"

    @Test func `text cannot become markup`() {
        #expect(Markup.escape("a < b & c > \"d\"") == "a &lt; b &amp; c &gt; &quot;d&quot;")
        #expect(Markup.escape("&lt;") == "&amp;lt;")
    }

    @Test func `cells, heads and cards are escaped`() {
        for html in [
            Markup.table([hostile], [[hostile]]), Markup.card(hostile, hostile, "ok", hostile),
        ] {
            #expect(!html.contains("<script"))
            #expect(!html.contains("<b onclick"))
            #expect(html.contains("&lt;script&gt;alert(&quot;1&quot;)"))
        }
    }

    @Test func `instants, shares and scores are short`() {
        #expect(Markup.instant(Date(timeIntervalSince1970: 1_700_000_099)) == "2023-11-14 22:14 UTC")
        #expect(Markup.instant(Date(timeIntervalSince1970: 0)) == "1970-01-01 00:00 UTC")
        #expect(Markup.share(0.45678) == "45.7")
        #expect(Markup.score(0.199_96) == "0.2")
        #expect(Markup.score(0.123_44) == "0.1234")
    }
}
